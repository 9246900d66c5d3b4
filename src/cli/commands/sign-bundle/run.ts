import { resolve } from 'node:path';
import { signBundle } from '../../../app/index.ts';
import type { BooleanOption, OptionGroup, PathOption, TextOption } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { bundleOption, trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';

const tokenOption: TextOption = {
  kind: 'text',
  flag: 'identity-token',
  key: 'sign.identity-token',
  local: true,
  environment: ['SIGSTORE_ID_TOKEN', 'COSIGN_IDENTITY_TOKEN'],
  placeholder: 'TOKEN',
  description: 'The token of OpenID Connect that names the signer',
  trust: 'trusted',
  secret: true,
};

const configOption: PathOption = {
  kind: 'path',
  flag: 'signing-config',
  key: 'sign.signing-config',
  local: true,
  environment: ['COSIGN_SIGNING_CONFIG'],
  placeholder: 'FILE',
  description: "Sign at the services of this signing_config.v0.2.json instead of Sigstore's public ones",
  trust: 'trusted',
};

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
  options: [bundleOption, tokenOption, configOption, trustedRootOption, inTotoOption, stagingOption],
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, descriptor, dialect } = invocation;
  const [bundle, token] = [options.get(bundleOption), options.get(tokenOption)];
  const [signingConfig, trustedRoot] = [options.get(configOption), options.get(trustedRootOption)];
  const command = commandLine(descriptor, dialect);
  if (bundle === undefined) throw cliError('CLI_BUNDLE_MISSING', { data: { command } });
  if (token === undefined) throw cliError('CLI_TOKEN_MISSING', { data: { command } });
  await signBundle(
    {
      path: operands[0] ?? '',
      kind: options.get(inTotoOption) ? 'statement' : 'artifact',
      bundle: resolve(bundle),
      token,
      ...(signingConfig !== undefined && { signingConfig }),
      ...(trustedRoot !== undefined && { trustedRoot }),
    },
    await withRegistries(invocation),
  );
  return exitCodes.clean;
}

export const module: CommandModule = { options: [signingOptions, registryOptions], run };
