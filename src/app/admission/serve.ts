import { type AdmissionTls, serveReviews, Tally } from '../../admission/index.ts';
import { readWhole } from '../../disk/index.ts';
import type { AppContext } from '../context.ts';
import { openSource } from './cluster/source.ts';
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
  const tls = await readTls(input);
  const tally = new Tally();
  const notReady = (): string | undefined => whyNotReady(files);
  const { address, port } = input;
  const server = await serveReviews({ address, port, tls, clock, log, tally, rules: () => rules, notReady });
  const reload = { log, milliseconds: input.reloadEvery ?? usualReload, signal: stopping.signal };
  const reloading = [
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
      { what: 'certificates', read: () => readTls(input), identity: JSON.stringify, use: server.renew },
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
    },
  };
}

/** Nobody should be asked who cannot judge by a policy of the whole cluster; one of a namespace is that namespace's affair. */
function whyNotReady({ cluster }: RuleFiles): string | undefined {
  const unusable = cluster?.blocking.find(({ name }) => name.namespace === undefined);
  return unusable && `the policy ${unusable.name.name} of the cluster cannot be used`;
}

async function readTls({ tls }: ServeAdmissionInput): Promise<AdmissionTls> {
  const read = async (path: string): Promise<string> => (await readWhole(path, maxPemSize)).toString('utf8');
  const { certFile, keyFile, clientCaFile } = tls;
  const [cert, key] = [await read(certFile), await read(keyFile)];
  return { cert, key, ...(clientCaFile !== undefined && { clientAuthority: await read(clientCaFile) }) };
}
