import type { CommandModule, Invocation } from '../../command.ts';
import { openSbom } from '../../sbom.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  return runScan(invocation, async (scan) => {
    const sbom = await openSbom(requireTarget(invocation), invocation);
    const { scanSbom } = await import('../../../app/index.ts');
    return scanSbom({ ...scan, sbom }, invocation.context);
  });
}

export const module: CommandModule = { options: scanOptionGroups, run };
