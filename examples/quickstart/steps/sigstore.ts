import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serviceStack } from '../../../testkit/sigstore/http/services.ts';

/** Who signs without a key. */
export const developer = 'dev@example.com';

/** A certificate authority, logs, a timestamp authority and an issuer of tokens on loopback. */
export interface RunningSigstore {
  /** Address of the issuer, as certificates name it. */
  readonly issuer: string;
  close(): Promise<void>;
}

/** Starts Sigstore's services, and writes what a signer and a verifier must know of them into `out`. */
export async function startSigstore(out: string): Promise<RunningSigstore> {
  const server = createServer();
  const { issuer, trustedRoot, signingConfig } = await serviceStack(async (listener) => {
    server.on('request', listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  writeFileSync(join(out, 'trusted_root.json'), trustedRoot());
  writeFileSync(join(out, 'signing_config.json'), signingConfig('v2'));
  writeFileSync(join(out, 'token'), issuer.issue({ sub: 'dev', email: developer, email_verified: true }));
  return {
    issuer: issuer.url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
