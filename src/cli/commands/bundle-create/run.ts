import { createBundle } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { outOption } from '../../../trust/index.ts';
import { withRegistries } from '../../access.ts';
import {
  artifactOption,
  attestationOption,
  certificateOption,
  createBundleOptions,
  ignoreLogOption,
  keyOption,
  oldBundleOption,
  rekorUrlOption,
  signatureOption,
  timestampOption,
} from '../../bundle-options.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { writeCreated } from '../../created.ts';
import { cliError } from '../../errors.ts';

const files = {
  bundle: oldBundleOption,
  signature: signatureOption,
  attestation: attestationOption,
  certificate: certificateOption,
  key: keyOption,
  timestamp: timestampOption,
} as const;

async function run(invocation: Invocation): Promise<number> {
  const { options, descriptor, dialect } = invocation;
  const refuse = (reason: string): Error =>
    cliError('CLI_USAGE', { data: { reason, command: commandLine(descriptor, dialect) } });
  const artifact = options.get(artifactOption);
  if (artifact === undefined) throw refuse('must supply --artifact');
  const named = Object.entries(files).flatMap(([name, option]) => {
    const path = options.get(option);
    return path === undefined ? [] : [[name, path] as const];
  });
  const has = (name: keyof typeof files): boolean => options.get(files[name]) !== undefined;
  if (!has('bundle') && !has('signature') && !(has('attestation') && dialect.id !== 'cosign')) {
    throw refuse('must at least supply signature via --bundle or --signature');
  }
  const input = {
    ...Object.fromEntries(named),
    artifact,
    ignoreLog: options.get(ignoreLogOption),
    rekorUrl: options.get(rekorUrlOption),
  };
  return writeCreated(invocation, await createBundle(input, await withRegistries(invocation)));
}

export const module: CommandModule = {
  options: [{ ...createBundleOptions, options: [...createBundleOptions.options, outOption] }, registryOptions],
  run,
};
