import { resolve } from 'node:path';
import type { BooleanOption, PathOption, TextOption, WithDefault } from '../../../core/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

const formatOption: WithDefault<TextOption<'tarball' | 'legacy' | 'oci'>> = {
  kind: 'text',
  flag: 'format',
  key: 'pull.format',
  local: true,
  allowed: ['tarball', 'legacy', 'oci'],
  default: 'tarball',
  description: 'Write what `docker load` reads, the form of before Docker 1.10, or an OCI layout',
  trust: 'any',
};

const cachePathOption: PathOption = {
  kind: 'path',
  flag: 'cache_path',
  short: 'c',
  key: 'pull.cache-path',
  local: true,
  placeholder: 'DIR',
  description: 'Keep layers in this directory, and take them from there',
  trust: 'any',
};

const annotateRefOption: BooleanOption = {
  kind: 'boolean',
  flag: 'annotate-ref',
  key: 'pull.annotate-ref',
  local: true,
  description: 'Write the name of each image into an OCI layout',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const { pullImages } = await import('../../../app/index.ts');
  const references = operands.slice(0, -1);
  const cachePath = options.get(cachePathOption);
  const input = {
    references,
    path: resolve(host.workingDirectory, operands.at(-1) ?? ''),
    format: options.get(formatOption),
    annotateReference: options.get(annotateRefOption),
    ...(cachePath !== undefined && { cachePath: resolve(host.workingDirectory, cachePath) }),
    ...askedPlatform(invocation),
  };
  await pullImages(input, await withRegistries(invocation, ...references));
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: imageGroups('Pull', formatOption, cachePathOption, annotateRefOption),
  run,
  takesItsTime: true,
};
