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
import { optionsOf } from '../../own-option.ts';
import { makeLogFormatOption } from '../../serving.ts';

const own = optionsOf('admission-serve');

export const addressOption: WithDefault<TextOption> = {
  ...own('address', 'Listen here', 'HOST:PORT'),
  kind: 'text',
  default: '127.0.0.1:8443',
};

export const tlsCertOption: PathOption = {
  ...own('tls-cert', 'Certificate and chain that the API server is answered with, in PEM', 'FILE'),
  kind: 'path',
};

export const tlsKeyOption: PathOption = {
  ...own('tls-key', 'Private key of the certificate, in PEM', 'FILE'),
  kind: 'path',
};

export const clientCaOption: PathOption = {
  ...own('client-ca', 'Take reviews only of clients that have a certificate of an authority in this PEM file', 'FILE'),
  kind: 'path',
};

export const certificatesOption: WithDefault<TextOption<'files' | 'own'>> = {
  ...own(
    'certificates',
    'Take certificates from files, or make them, keep them in the cluster and tell the webhooks whom to trust',
  ),
  kind: 'text',
  allowed: ['files', 'own'],
  default: 'files',
};

export const certificateNamesOption: ListOption = {
  ...own(
    'certificate-name',
    'Make certificates of our own for these DNS names and addresses, and not for those of the Service plimsoll',
    'NAMES',
  ),
  kind: 'list',
  key: 'admission-serve.certificate-names',
};

export const certificateSecretOption: WithDefault<TextOption> = {
  ...own(
    'certificate-secret',
    'Keep certificates of our own in this Secret; a Lease of the same name elects who replaces them',
    'NAME',
  ),
  kind: 'text',
  default: 'plimsoll-certificates',
};

export const webhooksOption: WithDefault<TextOption> = {
  ...own(
    'webhooks',
    'Write the authority of certificates of our own into the webhook configurations of this name',
    'NAME',
  ),
  kind: 'text',
  default: 'plimsoll',
};

export const clientNameOption: ListOption = {
  ...own(
    'client-name',
    'Of clients with a certificate of --client-ca take only those with this common name or DNS name',
    'NAME',
  ),
  kind: 'list',
  key: 'admission-serve.client-names',
};

export const metricsAddressOption: TextOption = {
  ...own('metrics-address', 'Give metrics for Prometheus at http://HOST:PORT/metrics', 'HOST:PORT'),
  kind: 'text',
};

export const reloadOption: WithDefault<NumberOption> = {
  ...own('reload-every', 'Look so often whether policies, trusted root and certificates have changed', 'DURATION'),
  kind: 'duration',
  minimum: 1,
  default: 5000,
};

export const policiesFromOption: WithDefault<TextOption<'files' | 'cluster'>> = {
  ...own('policies-from', 'Judge by the policies that the cluster holds too, as they change'),
  kind: 'text',
  allowed: ['files', 'cluster'],
  default: 'files',
};

export const clusterOption: BooleanOption = {
  ...own('cluster', 'Ask the cluster for ConfigMaps, Secrets, labels of namespaces and roles that policies look up'),
  kind: 'boolean',
};

export const reportsOption: BooleanOption = {
  ...own('reports', 'Write what policies say of objects as reports of the cluster'),
  kind: 'boolean',
};

export const eventsOption: BooleanOption = {
  ...own('events', 'Write what was denied as events of the cluster'),
  kind: 'boolean',
};

export const recheckOption: NumberOption = {
  ...own(
    'recheck',
    'Judge everything that runs again so often, and tell what would not be let in today; nothing is evicted',
    'DURATION',
  ),
  kind: 'duration',
  minimum: 1000,
};

export const logFormatOption: WithDefault<TextOption<'text' | 'json'>> = makeLogFormatOption('admission-serve', {
  preset: 'json',
  each: 'decision',
});

export const auditLogOption: TextOption = {
  ...own(
    'audit-log',
    'Add a line of JSON for each decision to this file, or to the standard output, in place of the log',
    'FILE|-',
  ),
  kind: 'text',
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
