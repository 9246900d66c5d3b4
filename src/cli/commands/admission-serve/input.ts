import type { ServeAdmissionInput } from '../../../app/index.ts';
import { kubeconfigOption } from '../../../kube/index.ts';
import { compatOption, policyFileOption } from '../../../policy/index.ts';
import type { Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { parseAddress } from '../../listen-address.ts';
import { toFactSources } from '../../policy.ts';
import {
  addressOption,
  auditLogOption,
  certificateNamesOption,
  certificateSecretOption,
  certificatesOption,
  clientCaOption,
  clientNameOption,
  clusterOption,
  eventsOption,
  metricsAddressOption,
  policiesFromOption,
  recheckOption,
  reloadOption,
  reportsOption,
  tlsCertOption,
  tlsKeyOption,
  webhooksOption,
} from './options.ts';
import {
  breakGlassGroupsOption,
  breakGlassTimeOption,
  breakGlassUsersOption,
  cacheKeyFileOption,
  cacheOption,
  excludeNamespacesOption,
  modeOption,
  mutateOption,
} from './setting-options.ts';

/** @throws CLI_ADDRESS_INVALID, CLI_POLICY_MISSING, CLI_TLS_MISSING, CLI_LAYOUT_INVALID */
export function readInput({ options, host }: Invocation): ServeAdmissionInput {
  const policies = options.get(policyFileOption);
  const cluster = readCluster(options);
  if (policies.length === 0 && cluster?.policies !== true) throw cliError('CLI_POLICY_MISSING');
  const tls = readTls(options);
  const clientNames = options.get(clientNameOption);
  return {
    ...parseAddress(options.get(addressOption), { bareMeansAll: false }),
    ...toFactSources(options),
    ...readSetting(options),
    ...readOutputs(options, (line) => void host.stdout.write(`${line}\n`)),
    policies,
    compat: options.get(compatOption),
    tls,
    clientNames,
    reloadEvery: options.get(reloadOption),
    ...(cluster !== undefined && { cluster }),
  };
}

/** @throws CLI_TLS_MISSING */
function readTls(options: Invocation['options']): ServeAdmissionInput['tls'] {
  const [certFile, keyFile, clientCaFile] = [tlsCertOption, tlsKeyOption, clientCaOption].map((option) =>
    options.get(option),
  );
  const client = { ...(clientCaFile !== undefined && { clientCaFile }) };
  if (options.get(certificatesOption) === 'own') {
    const [names, secret] = [options.get(certificateNamesOption), options.get(certificateSecretOption)];
    return { own: { names, secret, webhooks: options.get(webhooksOption) }, ...client };
  }
  if (certFile === undefined || keyFile === undefined) throw cliError('CLI_TLS_MISSING');
  return { certFile, keyFile, ...client };
}

/** Undefined when nothing leads to a cluster. */
function readCluster(options: Invocation['options']): ServeAdmissionInput['cluster'] {
  const [reports, events] = [options.get(reportsOption), options.get(eventsOption)];
  const [kubeconfig, recheckEvery] = [options.get(kubeconfigOption), options.get(recheckOption)];
  const policies = options.get(policiesFromOption) === 'cluster';
  const isAsked = [policies, reports, events, options.get(clusterOption), options.get(certificatesOption) === 'own'];
  if (!isAsked.includes(true) && kubeconfig === undefined && recheckEvery === undefined) return undefined;
  return {
    policies,
    reports,
    events,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(recheckEvery !== undefined && { recheckEvery }),
  };
}

type Outputs = Pick<ServeAdmissionInput, 'audit' | 'metrics'>;

/** @throws CLI_ADDRESS_INVALID */
function readOutputs(options: Invocation['options'], print: (line: string) => void): Outputs {
  const [audit, metrics] = [options.get(auditLogOption), options.get(metricsAddressOption)];
  return {
    ...(audit !== undefined && { audit: audit === '-' ? print : audit }),
    ...(metrics !== undefined && { metrics: parseAddress(metrics, { bareMeansAll: false }) }),
  };
}

type Setting = Pick<ServeAdmissionInput, 'setting' | 'breakGlass' | 'cache' | 'replicaKeyFile'>;

function readSetting(options: Invocation['options']): Setting {
  const [users, groups] = [options.get(breakGlassUsersOption), options.get(breakGlassGroupsOption)];
  const [cache, replicaKeyFile] = [options.get(cacheOption), options.get(cacheKeyFileOption)];
  const milliseconds = options.get(breakGlassTimeOption);
  return {
    setting: {
      mode: options.get(modeOption),
      pinning: options.get(mutateOption),
      excludedNamespaces: options.get(excludeNamespacesOption),
    },
    ...(users.length + groups.length > 0 && { breakGlass: { users, groups, milliseconds } }),
    ...(cache !== undefined && { cache }),
    ...(replicaKeyFile !== undefined && { replicaKeyFile }),
  };
}
