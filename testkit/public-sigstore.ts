import { writeFileSync } from 'node:fs';
import { buildImage } from './image.ts';
import { startRegistry, type TestRegistry } from './registry.ts';
import { startHttp } from './server.ts';
import { listen } from './sigstore/http/answer.ts';
import { type ServedStack, serveStack } from './sigstore/http/serve.ts';
import { makeTufRepository } from './sigstore/tuf.ts';

/** Services of this machine that stand in for Sigstore's public ones, and a registry for ghcr.io. */
export interface PublicSigstore {
  readonly services: ServedStack;
  readonly registry: TestRegistry;
}

/** The name that the image has in the registry that stands in. */
export const publicImage = 'ghcr.io/org/task-api:v1.0.0';

/** Writes `plimsoll.yaml` with a mirror, endpoints and no other host than this machine, and `root.json` to initialize from, into a directory. */
export async function standInForSigstore(at: (name: string) => string): Promise<PublicSigstore> {
  const services = await serveStack();
  services.issuer.url = 'https://oauth2.sigstore.dev/auth';
  const addresses = {
    authority: 'https://fulcio.sigstore.dev',
    issuer: services.issuer.url,
    log: 'https://rekor.sigstore.dev',
    timestamps: 'https://timestamp.sigstore.dev/api/v1/timestamp',
  };
  const targets = {
    'trusted_root.json': services.trustedRoot(),
    'signing_config.v0.2.json': services.signingConfig('v1', addresses),
  };
  const keys = makeTufRepository(targets);
  const tuf = `http://${await startHttp(listen([keys.service('/')], []))}`;
  const registry = await startRegistry();
  await registry.put('org/task-api', 'v1.0.0', buildImage({ layers: [[{ path: 'a' }]] }));
  writeFileSync(at('root.json'), keys.root);
  const endpoints = {
    'https://fulcio.sigstore.dev': services.url,
    'https://rekor.sigstore.dev': services.url,
    'https://timestamp.sigstore.dev': services.url,
    [services.issuer.url]: `${services.url}/oidc`,
    'https://tuf-repo-cdn.sigstore.dev': tuf,
  };
  const mirrors = { 'ghcr.io': [registry.host] };
  const network = { allow: ['127.0.0.1'] };
  writeFileSync(at('plimsoll.yaml'), JSON.stringify({ registry: { mirrors }, endpoints, network }));
  return { services, registry };
}
