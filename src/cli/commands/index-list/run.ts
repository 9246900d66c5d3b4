import { toVisibleLine } from '../../../kit/visible-text.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { toSource } from '../../edited.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, host } = invocation;
  const [name = ''] = operands;
  const { listIndex } = await import('../../../app/index.ts');
  const entries = await listIndex(toSource(name, invocation), await withRegistries(invocation, name));
  const rows = entries.map(({ digest, mediaType, platform = '-' }) => [digest, mediaType, platform] as const);
  await host.stdout.write([['Digest', 'MediaType', 'Platform'] as const, ...rows].map(formatRow).join(''));
  return exitCodes.clean;
}

/** Columns as wide as crane has them. */
function formatRow([digest, mediaType, platform]: readonly [string, string, string]): string {
  return `${digest.padEnd(70)} ${toVisibleLine(mediaType).padEnd(20)} ${toVisibleLine(platform)}\n`;
}

export const module: CommandModule = { options: imageGroups('Index'), run };
