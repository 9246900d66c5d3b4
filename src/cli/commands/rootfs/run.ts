import type { CommandModule, Invocation } from '../../command.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  const path = requireTarget(invocation);
  const { scanDirectory } = await import('../../../app/index.ts');
  return runScan(invocation, (scan) => scanDirectory({ ...scan, path, tree: 'installed' }, invocation.context));
}

export const module: CommandModule = { options: scanOptionGroups, run };
