import type { RequestListener } from 'node:http';
import { makeLog } from '../log.ts';
import { makeStack, type TestStack } from '../stack.ts';
import type { TrustedRootParts } from '../trusted-root.ts';
import { listen } from './answer.ts';
import { certificateLogService } from './certificate-log.ts';
import { fulcioService } from './fulcio.ts';
import { makeIssuer, type TestIssuer } from './issuer.ts';
import { rekorService } from './rekor.ts';
import { rekorTilesService } from './rekor-tiles.ts';
import { timestampService } from './timestamps.ts';

/** All services of a Sigstore deployment on one port of this machine. */
export interface ServedStack {
  readonly stack: TestStack;
  readonly url: string;
  readonly issuer: TestIssuer;
  readonly trustedRoot: (change?: TrustedRootParts) => string;
  /** A signing_config.v0.2.json whose log is Rekor 1 or 2, or that has none. */
  readonly signingConfig: (log: 'v1' | 'v2' | 'none', addresses?: ServiceAddresses) => string;
  /** Requests that no service knew: none, when the client is right. */
  readonly unanswered: readonly string[];
}

/** Where clients are told that services are; those of this stack unless given. */
export interface ServiceAddresses {
  readonly authority: string;
  readonly issuer: string;
  readonly log: string;
  readonly timestamps: string;
}

/** Whoever starts the server ends it: `start` resolves to its `address:port`. */
export async function serviceStack(start: (listener: RequestListener) => Promise<string>): Promise<ServedStack> {
  const issuer = makeIssuer();
  const unanswered: string[] = [];
  const services: Parameters<typeof listen>[0][number][] = [issuer.service];
  const host = await start(listen(services, unanswered));
  const url = `http://${host}`;
  issuer.url = `${url}/oidc`;
  const stack = { ...makeStack(new Date()), log: makeLog({ url, version: 1 }), log2: makeLog({ url, version: 2 }) };
  services.push(
    certificateLogService(stack.certificateLog),
    fulcioService(stack.authority, stack.certificateLog, issuer),
    rekorService(stack.log),
    rekorTilesService(stack.log2),
    timestampService(stack.timestamps),
  );
  return {
    stack,
    url,
    issuer,
    unanswered,
    trustedRoot: (change = {}) => stack.trustedRoot({ logs: [stack.log, stack.log2], ...change }),
    signingConfig: (log, addresses) => {
      const own = { authority: url, issuer: issuer.url, log: url, timestamps: `${url}/api/v1/timestamp` };
      return signingConfigJson(addresses ?? own, log);
    },
  };
}

function signingConfigJson(addresses: ServiceAddresses, log: 'v1' | 'v2' | 'none'): string {
  const service = (address: string, majorApiVersion: number) => ({
    url: address,
    majorApiVersion,
    validFor: { start: '2020-01-01T00:00:00Z' },
    operator: 'test',
  });
  const logs = { none: [], v1: [service(addresses.log, 1)], v2: [service(addresses.log, 2)] };
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service(addresses.authority, 1)],
    oidcUrls: [service(addresses.issuer, 1)],
    rekorTlogUrls: logs[log],
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service(addresses.timestamps, 1)],
    tsaConfig: { selector: 'ANY' },
  });
}
