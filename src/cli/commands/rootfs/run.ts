import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  return runScan(invocation, async (scan) => {
    const path = requireTarget(invocation);
    const { scanDirectory } = await import('../../../app/index.ts');
    return scanDirectory({ ...scan, path, tree: 'installed' }, await withRegistries(invocation));
  });
}

export const module: CommandModule = { options: scanOptionGroups, run };
