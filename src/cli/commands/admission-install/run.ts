import type { JsonObject } from '../../../helm/index.ts';
import { policyFileOption } from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import {
  certificatesOption,
  createNamespaceOption,
  dryRunOption,
  imageOption,
  installedRules,
  installOptions,
  nameOption,
  namespaceOption,
  replicasOption,
  setOption,
  valuesOption,
} from './options.ts';

/** @throws CLI_INSTALL_NOT_APPLIED, HELM_*, POLICY_*, DISK_*, TRUST_* */
async function run({ options, host }: Invocation): Promise<number> {
  if (!options.get(dryRunOption)) throw cliError('CLI_INSTALL_NOT_APPLIED');
  const [{ admissionObjects }, { parseAssignment, toManifest }] = await Promise.all([
    import('../../../app/index.ts'),
    import('../../../helm/index.ts'),
  ]);
  const [image, replicas, mode, trustedRoot] = [
    options.get(imageOption),
    options.get(replicasOption),
    options.get(certificatesOption),
    options.get(trustedRootOption),
  ];
  const flags: JsonObject = {
    ...(replicas !== undefined && { replicaCount: replicas }),
    ...(mode !== undefined && { certificates: { mode } }),
  };
  const objects = await admissionObjects({
    name: options.get(nameOption),
    namespace: options.get(namespaceOption),
    makesNamespace: options.get(createNamespaceOption),
    policies: options.get(policyFileOption),
    valueFiles: options.get(valuesOption),
    values: [flags, ...options.get(setOption).map(parseAssignment)],
    ...(image !== undefined && { image }),
    ...(trustedRoot !== undefined && { trustedRoot }),
  });
  await host.stdout.write(toManifest(objects));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [installOptions, installedRules], run };
