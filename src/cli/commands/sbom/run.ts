import type { CommandModule, Invocation } from '../../command.ts';
import { openSbom, sbomContext } from '../../sbom.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  return runScan(invocation, async (scan, rendering) => {
    const sbom = await openSbom(requireTarget(invocation), invocation);
    const { renderReport, scanSbom } = await import('../../../app/index.ts');
    return renderReport(await scanSbom({ ...scan, sbom }, await sbomContext(invocation)), rendering);
  });
}

export const module: CommandModule = { options: scanOptionGroups, run };
