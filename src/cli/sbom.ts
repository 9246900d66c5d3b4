import { resolve } from 'node:path';
import type { SbomTarget } from '../app/index.ts';
import { collectBytes } from '../kit/collect.ts';
import { maxSbomSize } from '../sbom/index.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';

/** The SBOM that an operand names: a file, or the standard input. @throws CLI_INPUT_TOO_LARGE */
export async function openSbom(
  name: string,
  { host }: Pick<Invocation, 'host'>,
  limit: number = maxSbomSize,
): Promise<SbomTarget> {
  if (name !== '-') return { kind: 'file', name, path: resolve(host.workingDirectory, name) };
  const bytes = await collectBytes(host.stdin(), limit);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit } });
  return { kind: 'bytes', name: '-', bytes };
}
