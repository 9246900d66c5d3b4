import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  return runScan(invocation, async (scan, rendering) => {
    const path = requireTarget(invocation);
    const { renderReport, scanDirectory } = await import('../../../app/index.ts');
    return renderReport(
      await scanDirectory({ ...scan, path, tree: 'installed' }, await withRegistries(invocation)),
      rendering,
    );
  });
}

export const module: CommandModule = { options: scanOptionGroups, run };
