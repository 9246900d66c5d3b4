import { readWhole } from '../../disk/index.ts';
import { signError } from '../../sign/index.ts';
import { parseSigningConfig, type SigningConfig, type SigningService } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import { readCached } from '../verify/cached-trust.ts';
import type { ServicesInput, SigningInput } from './input.ts';

const maxConfig = 2 ** 20;

/** The services of Sigstore's public instance. */
const publicGoodConfig = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  caUrls: [service('https://fulcio.sigstore.dev')],
  oidcUrls: [service('https://oauth2.sigstore.dev/auth')],
  rekorTlogUrls: [service('https://rekor.sigstore.dev')],
  tsaUrls: [service('https://timestamp.sigstore.dev/api/v1/timestamp')],
});

function service(url: string): object {
  return { url, majorApiVersion: 1, operator: 'sigstore.dev', validFor: { start: '2021-01-01T00:00:00Z' } };
}

/** The services that take part. @throws DISK_*, TRUST_SIGNING_CONFIG_INVALID, TRUST_TUF_*, SIGN_SERVICES_UNKNOWN */
export async function readServices(
  { services, keyCache }: Pick<SigningInput, 'services' | 'keyCache'>,
  context: AppContext,
): Promise<SigningConfig> {
  if (services.kind === 'addresses') return toConfig(services);
  if (services.path !== undefined) return parseSigningConfig(await readWhole(services.path, maxConfig));
  const cached = keyCache && (await readCached(keyCache, context, 'signingConfig'));
  // Whoever has services of their own must not tell those of the public by mistake.
  if (cached !== undefined && cached.bytes === undefined && !cached.isPublic) {
    throw signError('SIGN_SERVICES_UNKNOWN', { data: { mirror: cached.mirror } });
  }
  return parseSigningConfig(cached?.bytes ?? publicGoodConfig);
}

function toConfig({
  authority,
  issuer,
  log,
  timestamps,
}: Extract<ServicesInput, { kind: 'addresses' }>): SigningConfig {
  const named = (url: string | undefined): SigningService[] =>
    url === undefined ? [] : [{ url, majorVersion: 1, validity: {}, operator: '' }];
  return {
    certificateAuthorities: named(authority),
    identityProviders: named(issuer),
    logs: named(log),
    timestampAuthorities: named(timestamps),
    logSelection: { mode: 'any' },
    timestampSelection: { mode: 'any' },
  };
}
