import { resolve } from 'node:path';
import type { AppContext, SbomTarget } from '../app/index.ts';
import { collectBytes } from '../kit/collect.ts';
import { maxSbomSize } from '../sbom/index.ts';
import { withRegistries } from './access.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';

/** Stands before the name of an image whose SBOM a registry keeps. */
const registryPrefix = 'registry:';

/** The SBOM that an operand names: a file, the standard input, or what a registry keeps. @throws CLI_INPUT_TOO_LARGE */
export async function openSbom(
  name: string,
  { host }: Pick<Invocation, 'host'>,
  limit: number = maxSbomSize,
): Promise<SbomTarget> {
  const image = imageOf(name);
  if (image !== undefined) return { kind: 'attached', name, image };
  if (name !== '-') return { kind: 'file', name, path: resolve(host.workingDirectory, name) };
  const bytes = await collectBytes(host.stdin(), limit);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit } });
  return { kind: 'bytes', name: '-', bytes };
}

/** The context for SBOMs, with a way to registries where an operand names one. */
export async function sbomContext(invocation: Invocation): Promise<AppContext> {
  const image = invocation.operands.map(imageOf).find((name) => name !== undefined);
  return image === undefined ? invocation.context : withRegistries(invocation, image);
}

function imageOf(operand: string): string | undefined {
  return operand.startsWith(registryPrefix) ? operand.slice(registryPrefix.length) : undefined;
}
