import type {
  BooleanOption,
  ListOption,
  NumberOption,
  OptionGroup,
  PathOption,
  TextOption,
  WithDefault,
} from '../../../core/index.ts';
import { kubeconfigOption } from '../../../kube/index.ts';
import { compatOption, layoutOption, policyFileOption } from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';

export const addressOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'address',
  key: 'admission-serve.address',
  local: true,
  default: '127.0.0.1:8443',
  placeholder: 'HOST:PORT',
  description: 'Listen here',
  trust: 'trusted',
};

export const tlsCertOption: PathOption = fileOption(
  'tls-cert',
  'Certificate and chain that the API server is answered with, in PEM',
);
export const tlsKeyOption: PathOption = fileOption('tls-key', 'Private key of the certificate, in PEM');
export const clientCaOption: PathOption = fileOption(
  'client-ca',
  'Take reviews only of clients that have a certificate of an authority in this PEM file',
);

export const certificatesOption: WithDefault<TextOption<'files' | 'own'>> = {
  kind: 'text',
  flag: 'certificates',
  key: 'admission-serve.certificates',
  local: true,
  allowed: ['files', 'own'],
  default: 'files',
  description:
    'Take certificates from files, or make them, keep them in the cluster and tell the webhooks whom to trust',
  trust: 'trusted',
};

export const certificateNamesOption: ListOption = {
  kind: 'list',
  flag: 'certificate-name',
  key: 'admission-serve.certificate-names',
  local: true,
  placeholder: 'NAMES',
  description:
    'Make certificates of our own for these DNS names and addresses, and not for those of the Service plimsoll',
  trust: 'trusted',
};

export const certificateSecretOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'certificate-secret',
  key: 'admission-serve.certificate-secret',
  local: true,
  default: 'plimsoll-certificates',
  placeholder: 'NAME',
  description: 'Keep certificates of our own in this Secret; a Lease of the same name elects who replaces them',
  trust: 'trusted',
};

export const webhooksOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'webhooks',
  key: 'admission-serve.webhooks',
  local: true,
  default: 'plimsoll',
  placeholder: 'NAME',
  description: 'Write the authority of certificates of our own into the webhook configurations of this name',
  trust: 'trusted',
};

export const clientNameOption: ListOption = {
  kind: 'list',
  flag: 'client-name',
  key: 'admission-serve.client-names',
  local: true,
  placeholder: 'NAME',
  description: 'Of clients with a certificate of --client-ca take only those with this common name or DNS name',
  trust: 'trusted',
};

export const metricsAddressOption: TextOption = {
  kind: 'text',
  flag: 'metrics-address',
  key: 'admission-serve.metrics-address',
  local: true,
  placeholder: 'HOST:PORT',
  description: 'Give metrics for Prometheus at http://HOST:PORT/metrics',
  trust: 'trusted',
};

export const reloadOption: WithDefault<NumberOption> = {
  kind: 'duration',
  flag: 'reload-every',
  key: 'admission-serve.reload-every',
  local: true,
  minimum: 1,
  default: 5000,
  placeholder: 'DURATION',
  description: 'Look so often whether policies, trusted root and certificates have changed',
  trust: 'trusted',
};

export const policiesFromOption: WithDefault<TextOption<'files' | 'cluster'>> = {
  kind: 'text',
  flag: 'policies-from',
  key: 'admission-serve.policies-from',
  local: true,
  allowed: ['files', 'cluster'],
  default: 'files',
  description: 'Judge by the policies that the cluster holds too, as they change',
  trust: 'trusted',
};

export const clusterOption: BooleanOption = {
  kind: 'boolean',
  flag: 'cluster',
  key: 'admission-serve.cluster',
  local: true,
  description: 'Ask the cluster for ConfigMaps, Secrets, labels of namespaces and roles that policies look up',
  trust: 'trusted',
};

export const reportsOption: BooleanOption = {
  kind: 'boolean',
  flag: 'reports',
  key: 'admission-serve.reports',
  local: true,
  description: 'Write what policies say of objects as reports of the cluster',
  trust: 'trusted',
};

export const eventsOption: BooleanOption = {
  kind: 'boolean',
  flag: 'events',
  key: 'admission-serve.events',
  local: true,
  description: 'Write what was denied as events of the cluster',
  trust: 'trusted',
};

export const recheckOption: NumberOption = {
  kind: 'duration',
  flag: 'recheck',
  key: 'admission-serve.recheck',
  local: true,
  minimum: 1000,
  placeholder: 'DURATION',
  description: 'Judge everything that runs again so often, and tell what would not be let in today; nothing is evicted',
  trust: 'trusted',
};

export const logFormatOption: WithDefault<TextOption<'text' | 'json'>> = {
  kind: 'text',
  flag: 'log-format',
  key: 'admission-serve.log-format',
  local: true,
  allowed: ['text', 'json'],
  default: 'json',
  description: 'Write a line of text or of JSON for each decision',
  trust: 'any',
};

export const auditLogOption: TextOption = {
  kind: 'text',
  flag: 'audit-log',
  key: 'admission-serve.audit-log',
  local: true,
  placeholder: 'FILE|-',
  description: 'Add a line of JSON for each decision to this file, or to the standard output, in place of the log',
  trust: 'trusted',
};

export const serveOptions: OptionGroup = {
  id: 'admission-serve',
  title: 'Serving',
  options: [
    addressOption,
    tlsCertOption,
    tlsKeyOption,
    clientCaOption,
    clientNameOption,
    metricsAddressOption,
    auditLogOption,
    reloadOption,
    logFormatOption,
  ],
};

export const ruleOptions: OptionGroup = {
  id: 'admission-rules',
  title: 'Policies',
  options: [policyFileOption, policiesFromOption, trustedRootOption, layoutOption, compatOption],
};

export const certificateOptions: OptionGroup = {
  id: 'admission-certificates',
  title: 'Certificates',
  options: [certificatesOption, certificateNamesOption, certificateSecretOption, webhooksOption],
};

export const clusterOptions: OptionGroup = {
  id: 'admission-cluster',
  title: 'Cluster',
  options: [clusterOption, kubeconfigOption, reportsOption, eventsOption, recheckOption],
};

function fileOption(flag: string, description: string): PathOption {
  return {
    kind: 'path',
    flag,
    key: `admission-serve.${flag}`,
    local: true,
    placeholder: 'FILE',
    description,
    trust: 'trusted',
  };
}
