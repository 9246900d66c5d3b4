import { resolve } from 'node:path';
import { signBundle } from '../../../app/index.ts';
import type { BooleanOption, OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { identityTokenOption, signingConfigOption } from '../../../sign/index.ts';
import { bundleOption, trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';

const toggle = (flag: string, description: string): BooleanOption => ({
  kind: 'boolean',
  flag,
  key: `sign.${flag}`,
  local: true,
  description,
  trust: 'trusted',
});

const inTotoOption: BooleanOption = toggle('in-toto', 'FILE is a statement of in-toto');
const stagingOption: BooleanOption = toggle(
  'staging',
  "Not there: Sigstore's staging instance needs --signing-config and --trusted-root",
);

const signingOptions: OptionGroup = {
  id: 'signing',
  title: 'Signing',
  options: [bundleOption, identityTokenOption, signingConfigOption, trustedRootOption, inTotoOption, stagingOption],
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, descriptor, dialect, host } = invocation;
  const bundle = options.get(bundleOption);
  const token = options.get(identityTokenOption) ?? host.environment['SIGSTORE_ID_TOKEN'];
  const [signingConfig, trustedRoot] = [options.get(signingConfigOption), options.get(trustedRootOption)];
  const command = commandLine(descriptor, dialect);
  if (bundle === undefined) throw cliError('CLI_BUNDLE_MISSING', { data: { command } });
  if (token === undefined) throw cliError('CLI_TOKEN_MISSING', { data: { command } });
  await signBundle(
    {
      path: operands[0] ?? '',
      kind: options.get(inTotoOption) ? 'statement' : 'artifact',
      bundle: resolve(bundle),
      signer: { kind: 'token', token },
      services: { kind: 'config', ...(signingConfig !== undefined && { path: signingConfig }) },
      ...(trustedRoot !== undefined && { trustedRoot }),
    },
    await withRegistries(invocation),
  );
  return exitCodes.clean;
}

export const module: CommandModule = { options: [signingOptions, registryOptions], run };
