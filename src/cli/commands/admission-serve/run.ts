import type { ServeAdmissionInput } from '../../../app/index.ts';
import type { Logger } from '../../../core/index.ts';
import { kubeconfigOption } from '../../../kube/index.ts';
import { isLoopback } from '../../../net/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { policyFileOption } from '../../../policy/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { parseAddress } from '../../listen-address.ts';
import { sayNotes, toFactSources } from '../../policy.ts';
import { logOfServer, untilStopped } from '../../serving.ts';
import {
  addressOption,
  certificateNamesOption,
  certificateOptions,
  certificateSecretOption,
  certificatesOption,
  clientCaOption,
  clusterOption,
  clusterOptions,
  eventsOption,
  logFormatOption,
  policiesFromOption,
  recheckOption,
  reloadOption,
  reportsOption,
  ruleOptions,
  serveOptions,
  tlsCertOption,
  tlsKeyOption,
  webhooksOption,
} from './options.ts';

/** Milliseconds for reviews that are under way when the server is told to stop; longer than any may take. */
const drainTime = 30_000;

async function run(invocation: Invocation): Promise<number> {
  const { context, host } = invocation;
  const input = readInput(invocation);
  const log = logOfServer(invocation, logFormatOption);
  warnOf(input, log);
  const { serveAdmission } = await import('../../../app/index.ts');
  const { url, policies, stop } = await serveAdmission(input, { ...(await withRegistries(invocation)), log });
  sayNotes(policies, log);
  const count = policies.length === 1 ? 'one policy' : `${policies.length} policies`;
  await host.stdout.write(`Serving at ${url}, judging by ${count}\n`);
  await untilStopped(context.signal);
  log.info('Stopping: reviews that are under way may end');
  await stop(drainTime);
  return exitCodes.clean;
}

/** @throws CLI_ADDRESS_INVALID, CLI_POLICY_MISSING, CLI_TLS_MISSING, CLI_LAYOUT_INVALID */
function readInput({ options }: Invocation): ServeAdmissionInput {
  const policies = options.get(policyFileOption);
  const cluster = readCluster(options);
  if (policies.length === 0 && cluster?.policies !== true) throw cliError('CLI_POLICY_MISSING');
  return {
    ...parseAddress(options.get(addressOption), { bareMeansAll: false }),
    ...toFactSources(options),
    policies,
    tls: readTls(options),
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

function warnOf({ address, tls }: ServeAdmissionInput, log: Logger): void {
  if (isLoopback(address) || tls.clientCaFile !== undefined) return;
  log.warn('Whoever reaches this machine can ask for decisions; --client-ca lets the API server alone do so', {
    address,
  });
}

export const module: CommandModule = {
  options: [serveOptions, ruleOptions, certificateOptions, clusterOptions, registryOptions],
  takesItsTime: true,
  grace: drainTime + 3000,
  run,
};
