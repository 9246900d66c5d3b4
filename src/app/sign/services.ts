import { readWhole } from '../../disk/index.ts';
import { parseSigningConfig, type SigningConfig, type SigningService } from '../../trust/index.ts';
import type { ServicesInput } from './input.ts';

const maxConfig = 2 ** 20;

/** The services of Sigstore's public instance. */
const publicGoodConfig = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  caUrls: [service('https://fulcio.sigstore.dev')],
  rekorTlogUrls: [service('https://rekor.sigstore.dev')],
  tsaUrls: [service('https://timestamp.sigstore.dev/api/v1/timestamp')],
});

function service(url: string): object {
  return { url, majorApiVersion: 1, operator: 'sigstore.dev', validFor: { start: '2021-01-01T00:00:00Z' } };
}

/** The services that take part. @throws DISK_*, TRUST_SIGNING_CONFIG_INVALID */
export async function readServices(input: ServicesInput): Promise<SigningConfig> {
  if (input.kind === 'config') {
    return parseSigningConfig(input.path === undefined ? publicGoodConfig : await readWhole(input.path, maxConfig));
  }
  const named = (url: string | undefined): SigningService[] =>
    url === undefined ? [] : [{ url, majorVersion: 1, validity: {}, operator: '' }];
  return {
    certificateAuthorities: named(input.authority),
    identityProviders: [],
    logs: named(input.log),
    timestampAuthorities: named(input.timestamps),
    logSelection: { mode: 'any' },
    timestampSelection: { mode: 'any' },
  };
}
