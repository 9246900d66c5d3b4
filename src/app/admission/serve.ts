import { type AdmissionTls, admissionError, serveReviews, Tally } from '../../admission/index.ts';
import { readWhole } from '../../disk/index.ts';
import type { AppContext } from '../context.ts';
import type { CertificateKeeper } from './cluster/certificates.ts';
import { type ClusterSource, openSource } from './cluster/source.ts';
import { openWitnesses } from './cluster/witnesses.ts';
import type { ServeAdmissionInput, ServedAdmission } from './input.ts';
import { keepReloading } from './reload.ts';
import { makeRules, type RuleFiles, readRuleFiles } from './rules.ts';

const maxPemSize = 2 ** 20;
const usualReload = 5000;

/** @throws POLICY_*, ADMISSION_NO_POLICIES, DISK_*, TRUST_*, NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID */
export async function serve(input: ServeAdmissionInput, context: AppContext): Promise<ServedAdmission> {
  const { clock, log } = context;
  const stopping = new AbortController();
  const source = await openSource(input, context, stopping.signal);
  let files = await readRuleFiles(input, source);
  let rules = await makeRules(files, input, context, source);
  const interval = input.reloadEvery ?? usualReload;
  const keeper = await openKeeper(input, { context, source, interval });
  const tls = await readTls(input, keeper);
  const tally = new Tally();
  const notReady = (): string | undefined => whyNotReady(files);
  const { address, port } = input;
  const server = await serveReviews({ address, port, tls, clock, log, tally, rules: () => rules, notReady });
  const reload = { log, milliseconds: interval, signal: stopping.signal };
  const rechecking = openWitnesses(input, { source, context, signal: stopping.signal, rules: () => rules });
  const reloading = [
    rechecking.done,
    keepReloading(
      {
        what: 'policies',
        read: () => readRuleFiles(input, source),
        identity: ({ identity }) => identity,
        use: async (changed) => {
          rules = await makeRules(changed, input, context, source);
          files = changed;
        },
      },
      files,
      reload,
    ),
    keepReloading(
      { what: 'certificates', read: () => readTls(input, keeper), identity: JSON.stringify, use: server.renew },
      tls,
      reload,
    ),
  ];
  return {
    url: `https://${server.host}`,
    port: server.port,
    policies: rules.policies,
    async stop(milliseconds) {
      stopping.abort();
      await server.drain(milliseconds);
      await Promise.all(reloading);
      await keeper?.stop();
    },
  };
}

/** Nobody should be asked who cannot judge by a policy of the whole cluster; one of a namespace is that namespace's affair. */
function whyNotReady({ cluster }: RuleFiles): string | undefined {
  const unusable = cluster?.blocking.find(({ name }) => name.namespace === undefined);
  return unusable && `the policy ${unusable.name.name} of the cluster cannot be used`;
}

/** Undefined when certificates are in files. @throws KUBE_*, NET_* */
async function openKeeper(
  { tls }: ServeAdmissionInput,
  { context, source, interval }: { context: AppContext; source: ClusterSource | undefined; interval: number },
): Promise<CertificateKeeper | undefined> {
  if (!('own' in tls) || source === undefined) return undefined;
  const { clock, log } = context;
  const { CertificateKeeper: Keeper } = await import('./cluster/certificates.ts');
  return Keeper.open(tls.own, { client: source.client, clock, log, interval });
}

async function readTls({ tls }: ServeAdmissionInput, keeper: CertificateKeeper | undefined): Promise<AdmissionTls> {
  const read = async (path: string): Promise<string> => (await readWhole(path, maxPemSize)).toString('utf8');
  const { clientCaFile } = tls;
  await keeper?.look();
  const pair = 'own' in tls ? keeper?.current() : { cert: await read(tls.certFile), key: await read(tls.keyFile) };
  if (pair === undefined) throw admissionError('ADMISSION_CLUSTER_MISSING');
  return { ...pair, ...(clientCaFile !== undefined && { clientAuthority: await read(clientCaFile) }) };
}
