import type { PinInput } from '../../../app/index.ts';
import type { TextOption, WithDefault } from '../../../core/index.ts';
import { inventoryOptions, skipDirsOption, skipFilesOption } from '../../../inventory/index.ts';
import {
  insecureRegistriesOption,
  mirrorsOption,
  parsePlatform,
  registriesFileOption,
  registryOptions,
} from '../../../oci/index.ts';
import {
  checkOption,
  dryRunOption,
  gitUrlOption,
  isAllDone,
  isAllPinned,
  kindsOption,
  pathsOption,
  pinModeOptions,
  pinOptions,
  pinPlatformOption,
  updateOption,
  waitOption,
} from '../../../pin/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writePinReport } from './text.ts';

const formatOption: WithDefault<TextOption<'text' | 'json'>> = {
  kind: 'text',
  flag: 'format',
  short: 'f',
  key: 'pin.format',
  local: true,
  allowed: ['text', 'json'],
  default: 'text',
  description: 'Tell the result in lines of text or as JSON',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { options, host } = invocation;
  const { pinReferences } = await import('../../../app/index.ts');
  const input = toInput(invocation);
  const report = await pinReferences(input, await withRegistries(invocation));
  if (options.get(formatOption) === 'json') await host.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else await writePinReport(report, input.mode, invocation);
  const isGood = options.get(checkOption) ? isAllPinned(report) : isAllDone(report);
  return isGood ? exitCodes.clean : exitCodes.error;
}

function toInput({ operands, options, host }: Invocation): PinInput & Required<Pick<PinInput, 'mode'>> {
  const platform = options.get(pinPlatformOption);
  const token = host.environment['GITHUB_TOKEN'] || host.environment['GH_TOKEN'];
  return {
    paths: operands,
    workingDirectory: host.workingDirectory,
    mode: options.get(dryRunOption) ? 'diff' : options.get(checkOption) ? 'check' : 'write',
    update: options.get(updateOption),
    kinds: options.get(kindsOption),
    wait: options.get(waitOption),
    gitUrl: options.get(gitUrlOption),
    resourcePaths: options.get(pathsOption),
    skipFiles: options.get(skipFilesOption),
    skipDirs: options.get(skipDirsOption),
    ...(platform !== undefined && { platform: parsePlatform(platform) }),
    ...(token && { gitToken: token }),
  };
}

export const module: CommandModule = {
  options: [
    { ...pinModeOptions, options: [...pinModeOptions.options, formatOption] },
    pinOptions,
    { ...inventoryOptions, options: [skipFilesOption, skipDirsOption] },
    { ...registryOptions, options: [mirrorsOption, insecureRegistriesOption, registriesFileOption] },
  ],
  run,
};
