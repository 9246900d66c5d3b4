import { randomInt } from 'node:crypto';
import type { BundleContent, LogEntry } from '../envelope/index.ts';
import {
  loadSigningClients,
  type PublicKey,
  type Selection,
  type SigningKey,
  type SigningService,
  selectServices,
} from '../trust/index.ts';
import type { SigningRequest } from './request.ts';

/** What is needed to ask a service. */
type Access = {
  readonly url: string;
  readonly fetch: Awaited<ReturnType<SigningRequest['fetch']>>;
  readonly signal?: AbortSignal;
};

/** A certificate for the key and whom the token names, in DER. @throws TRUST_SERVICE_*, TRUST_TOKEN_INVALID, NET_* */
export async function certify(request: SigningRequest, key: SigningKey, token: string): Promise<Buffer> {
  const { requestCertificate } = await loadSigningClients();
  const { time, config } = request;
  const wish = { what: 'certificates', versions: [1], time, pick: randomInt };
  // One authority is enough, whatever there are.
  const [service] = selectServices(config.certificateAuthorities, { mode: 'exact', count: 1 }, wish);
  const [certificate] = await requestCertificate(await accessTo(service as SigningService, request), token, key);
  return certificate;
}

/** What was signed, and with which key and certificate. */
export interface Signed {
  readonly content: BundleContent;
  readonly signature: Buffer;
  readonly key: PublicKey;
  readonly certificate?: Buffer;
}

/** The stamps of timestamp authorities that the configuration asks for, in DER. @throws TRUST_SERVICE_*, NET_* */
export async function stamp(request: SigningRequest, { signature }: Signed): Promise<Buffer[]> {
  const { timestampAuthorities, timestampSelection } = request.config;
  const chosen = choose(request, 'timestamp authorities', timestampAuthorities, timestampSelection, [1]);
  if (chosen.length === 0) return [];
  const { requestTimestamp } = await loadSigningClients();
  const asked = { ...request, fetch: request.timestampFetch ?? request.fetch };
  return Promise.all(chosen.map(async (service) => requestTimestamp(await accessTo(service, asked), signature)));
}

/** The entries in logs that the configuration asks for. @throws TRUST_SERVICE_*, NET_* */
export async function enter(request: SigningRequest, signed: Signed): Promise<LogEntry[]> {
  const { logs, logSelection } = request.config;
  const chosen = choose(request, 'logs', logs, logSelection, [1, 2]);
  if (chosen.length === 0) return [];
  const { enterInRekor1, enterInRekor2 } = await loadSigningClients();
  return Promise.all(
    chosen.map(async (service) => {
      const access = await accessTo(service, request);
      return service.majorVersion === 1 ? enterInRekor1(access, signed) : enterInRekor2(access, signed);
    }),
  );
}

/** None when the configuration names no such service at all. */
function choose(
  { time }: SigningRequest,
  what: string,
  services: readonly SigningService[],
  selection: Selection,
  versions: readonly number[],
): SigningService[] {
  return services.length === 0 ? [] : selectServices(services, selection, { what, versions, time, pick: randomInt });
}

async function accessTo({ url }: SigningService, { fetch, signal }: SigningRequest): Promise<Access> {
  return { url, fetch: await fetch(), ...(signal !== undefined && { signal }) };
}
