import type { ConfigChanges } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups, nondistributableOption } from '../../crane-options.ts';
import {
  lineOf,
  listOf,
  outputOf,
  outputOption,
  readPlatform,
  refuseUsage,
  toLayers,
  writeStored,
} from '../../edited.ts';
import { readPair, readPairsFlag } from '../../flag-values.ts';
import * as flags from './options.ts';

async function run(invocation: Invocation): Promise<number> {
  const { options, operands } = invocation;
  const [reference = ''] = operands;
  const target = options.get(flags.tagOption);
  const repository = options.get(flags.repoOption);
  if (target && repository) refuseUsage(invocation, '--repo and --tag exclude each other');
  const changes = readChanges(invocation);
  const layers = toLayers(listOf(invocation, flags.layersOption), invocation);
  const { mutateImage } = await import('../../../app/index.ts');
  const stored = await mutateImage(
    {
      image: { reference, ...askedPlatform(invocation) },
      changes,
      annotations: readPairsFlag(options.get(flags.annotationOption), lineOf(invocation)),
      layers,
      ...(target && { target }),
      ...(repository && { repository }),
      allowForeign: options.get(nondistributableOption),
      ...outputOf(invocation),
    },
    await withRegistries(invocation, reference, target, repository),
  );
  return writeStored(invocation, stored);
}

function readChanges(invocation: Invocation): ConfigChanges {
  const { options } = invocation;
  const line = lineOf(invocation);
  const platform = options.get(flags.newPlatformOption);
  return {
    labels: readPairsFlag(options.get(flags.labelOption), line),
    env: options.get(flags.envOption).map((text) => readPair(text, line)),
    entrypoint: listOf(invocation, flags.entrypointOption),
    cmd: listOf(invocation, flags.cmdOption),
    exposedPorts: listOf(invocation, flags.portsOption),
    user: options.get(flags.userOption) ?? '',
    workdir: options.get(flags.workdirOption) ?? '',
    ...(platform && { platform: readPlatform(platform, invocation) }),
  };
}

export const module: CommandModule = {
  takesItsTime: true,
  options: imageGroups('Mutate', ...Object.values(flags), outputOption),
  run,
};
