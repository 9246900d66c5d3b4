import { type AdmissionTls, admissionError, type RunningAdmission, serveReviews } from '../../admission/index.ts';
import type { AppContext } from '../context.ts';
import { openAudit } from './audit.ts';
import { type ClusterSource, openSource } from './cluster/source.ts';
import { openWitnesses } from './cluster/witnesses.ts';
import type { ServeAdmissionInput, ServedAdmission } from './input.ts';
import { type InUse, openMeter } from './metrics.ts';
import { keepReloading, type Reloading } from './reload.ts';
import { makeRules, type RuleFiles, type RuleSetting, readRuleFiles } from './rules.ts';
import { readReplicaKey, toSetting } from './setting.ts';
import { openShared } from './shared.ts';
import { openKeeper, readTls, rereadTls } from './tls.ts';

const usualReload = 5000;

type Current = InUse & { readonly files: RuleFiles };

/** @throws POLICY_*, ADMISSION_*, DISK_*, TRUST_*, KUBE_*, NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID, NET_STORE_INVALID */
export async function serve(input: ServeAdmissionInput, context: AppContext): Promise<ServedAdmission> {
  assertClients(input);
  const stopping = new AbortController();
  try {
    return await start(input, context, stopping);
  } catch (error) {
    // What follows the cluster must not outlive a server that never was.
    stopping.abort();
    throw error;
  }
}

async function start(
  input: ServeAdmissionInput,
  context: AppContext,
  stopping: AbortController,
): Promise<ServedAdmission> {
  const { clock, log } = context;
  const milliseconds = input.reloadEvery ?? usualReload;
  const { signal } = stopping;
  const { meter, serve: serveMetrics } = await openMeter(input, log, () => current);
  const source = await openSource(input, context, { signal, meter });
  const derive = await readReplicaKey(input);
  const store = await openShared(input, derive, { log, meter });
  const setting = { meter, source, shared: store?.shared };
  const files = await readRuleFiles(input, source);
  const rules = await makeRules(files, input, context, setting);
  const keeper = await openKeeper(input, { context, source, interval: milliseconds });
  let current: Current = { files, rules, source, tls: await readTls(input, keeper) };
  const audit = await openAudit(input, { log, meter });
  const witnessing = { source, context, meter, signal, rules: () => current.rules };
  const { reports, events, done } = openWitnesses(input, witnessing);
  const server = await serveReviews({
    address: input.address,
    port: input.port,
    clientNames: input.clientNames ?? [],
    ...(reports !== undefined && { reports }),
    ...(events !== undefined && { events }),
    ...(audit !== undefined && { audit: audit.audit }),
    setting: toSetting(input, derive),
    tls: current.tls,
    clock,
    log,
    meter,
    rules: () => current.rules,
    notReady: () => whyNotReady(current.files),
  });
  const metrics = await serveMetrics().catch(async (error: unknown) => {
    await server.drain(0);
    throw error;
  });
  store?.connect();
  const use = (changed: Partial<Current>): void => {
    current = { ...current, ...changed };
  };
  const reload = { log, meter, milliseconds, signal };
  const underWay = [
    done,
    keepRules(current, { input, context, source, setting, use }, reload),
    keepTls(current, { read: () => rereadTls(input, keeper), server, use }, reload),
  ];
  return {
    url: `https://${server.host}`,
    port: server.port,
    ...(metrics !== undefined && { metricsUrl: `http://${metrics.host}/metrics` }),
    policies: current.rules.policies,
    async stop(wait) {
      stopping.abort();
      await server.drain(wait);
      await Promise.all([...underWay, metrics?.close(), keeper?.stop()]);
      await audit?.close();
      store?.close();
    },
  };
}

interface Keeping {
  readonly input: ServeAdmissionInput;
  readonly context: AppContext;
  readonly source: ClusterSource | undefined;
  readonly setting: RuleSetting;
  readonly use: (changed: Partial<Current>) => void;
}

function keepRules({ files }: Current, { input, context, source, setting, use }: Keeping, reloading: Reloading) {
  const useFiles = async (changed: RuleFiles): Promise<void> =>
    use({ files: changed, rules: await makeRules(changed, input, context, setting) });
  const read = (): Promise<RuleFiles> => readRuleFiles(input, source);
  return keepReloading(
    { what: 'policies', read, identity: ({ identity }) => identity, use: useFiles },
    files,
    reloading,
  );
}

function keepTls(
  { tls }: Current,
  { read, server, use }: { read: () => Promise<AdmissionTls>; server: RunningAdmission; use: Keeping['use'] },
  reloading: Reloading,
) {
  const useTls = (changed: AdmissionTls): void => {
    server.renew(changed);
    use({ tls: changed });
  };
  return keepReloading({ what: 'certificates', read, identity: JSON.stringify, use: useTls }, tls, reloading);
}

/** @throws ADMISSION_CLIENT_CA_MISSING */
function assertClients({ clientNames = [], tls }: ServeAdmissionInput): void {
  if (clientNames.length > 0 && tls.clientCaFile === undefined) throw admissionError('ADMISSION_CLIENT_CA_MISSING');
}

/** A rollout stops where a policy of the whole cluster could never be used; later servers stay ready, so that denials say why. */
function whyNotReady({ cluster }: RuleFiles): string | undefined {
  const name = cluster?.neverUsable[0];
  return name && `the policy ${name} of the cluster cannot be used`;
}
