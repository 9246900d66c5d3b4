import { X509Certificate } from 'node:crypto';
import {
  type AdmissionRules,
  type AdmissionTls,
  type Meter,
  type MeteredState,
  type Metrics,
  openMetrics,
  silentMeter,
} from '../../admission/index.ts';
import type { Logger } from '../../core/index.ts';
import { type RunningServer, serveHttp } from '../../net/index.ts';
import type { ClusterSource } from './cluster/source.ts';
import type { ListenAt, ServeAdmissionInput } from './input.ts';

/** What is judged by and answered with at this moment. */
export interface InUse {
  readonly rules: AdmissionRules;
  readonly tls: AdmissionTls;
  /** The cluster, where one is asked. */
  readonly source: Pick<ClusterSource, 'followed'> | undefined;
}

/** Who counts, and what gives the counts out, where that is asked for. */
export interface OpenedMeter {
  readonly meter: Meter;
  /** Begins to give metrics out. @throws NET_LISTEN_FAILED */
  readonly serve: () => Promise<RunningServer | undefined>;
}

const bounds = { maxConnections: 32, idleTime: 30_000, headersTime: 10_000 };

export async function openMeter(
  { metrics: at }: ServeAdmissionInput,
  log: Logger,
  inUse: () => InUse,
): Promise<OpenedMeter> {
  if (at === undefined) return { meter: silentMeter, serve: async () => undefined };
  const metrics = await openMetrics(() => stateOf(inUse()));
  return { meter: metrics, serve: () => serveMetrics(metrics, at, log) };
}

function stateOf({ rules: { policies }, tls, source }: InUse): MeteredState {
  return {
    policies: policies.length,
    rules: policies.reduce((sum, { rules }) => sum + rules.length, 0),
    certificateUntil: new X509Certificate(tls.cert).validToDate,
    followed: source?.followed() ?? new Map(),
  };
}

/** Plain http at `/metrics`, and nothing else. */
function serveMetrics(metrics: Metrics, at: ListenAt, log: Logger): Promise<RunningServer> {
  return serveHttp(
    async ({ method, url }) => {
      if (url.pathname !== '/metrics') return { status: 404 };
      if (method !== 'GET' && method !== 'HEAD') return { status: 405 };
      const { text, type } = await metrics.render();
      return { status: 200, headers: { 'content-type': type }, body: text };
    },
    { ...at, ...bounds, log },
  );
}
