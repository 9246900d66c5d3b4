import type { Clock, Fetch, Logger } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import { once } from '../kit/memoize.ts';
import type { Endpoints, FetchOptions, ProxySettings } from '../net/index.ts';
import {
  type CredentialSource,
  loadRemote,
  type MirrorRules,
  type RegistryClient,
  type RegistryCredential,
  type RetryRules,
  type Routes,
} from '../oci/index.ts';

/** How registries are reached; without anything, directly and without a login. */
export interface RegistryAccess {
  /** Sends requests in place of the built-in client; what concerns connections is then its affair. */
  readonly fetch?: Fetch;
  readonly proxy?: ProxySettings;
  /** Files of PEM texts with authorities to trust beside those that Node brings. */
  readonly certificateFiles?: readonly string[];
  /** Hosts that may have any certificate or plain http. */
  readonly insecureHosts?: readonly string[];
  /** When given, no other host is contacted. */
  readonly allowedHosts?: readonly string[];
  /** Addresses that are contacted in place of others, with the logins of the host that is contacted. */
  readonly endpoints?: Endpoints;
  readonly mirrors?: MirrorRules;
  /** A registries.conf of version 2 that says where registries are contacted, and which are insecure or blocked. */
  readonly registriesFile?: string;
  /** How patient requests to registries are that fail in passing; 4 attempts over 3.5 seconds unless said otherwise. */
  readonly retries?: Partial<RetryRules>;
  /** Logins, each for one registry. */
  readonly logins?: readonly RegistryLogin[];
  /** The environment that tells where docker and podman keep logins; none of theirs are used without it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface RegistryLogin {
  readonly registry: string;
  readonly credential: RegistryCredential;
}

const maxCertificateSize = 16 * 2 ** 20;
const maxRegistriesSize = 4 * 2 ** 20;

/** A client for registries that is made when first asked for. */
export function registryOpener(
  access: RegistryAccess,
  context: { readonly clock: Clock; readonly log: Logger; readonly fetch: () => Promise<Fetch> },
): () => Promise<RegistryClient> {
  return once(async () => {
    const remote = await loadRemote();
    const { clock, log } = context;
    const fetch = await context.fetch();
    const credentials = credentialsOf(access, log, remote);
    const retries = access.retries ?? {};
    return remote.makeRegistryClient({ clock, log, fetch, credentials, retries, ...(await readRoutes(access)) });
  });
}

/**
 * Where names lead, and hosts that need no checked TLS, with the table of registries where there is one.
 * @throws DISK_*, OCI_REGISTRIES_INVALID, NET_ENDPOINT_INVALID
 */
export async function readRoutes(access: RegistryAccess): Promise<Routes & { readonly insecureHosts: string[] }> {
  const { mirrors = {}, insecureHosts = [], registriesFile: path, endpoints } = access;
  const standIns = endpoints && (await readStandIns(endpoints));
  const routes = { mirrors, ...(standIns && { contacted: standIns.contacted }) };
  const insecure = [...insecureHosts, ...(standIns?.plainHosts ?? [])];
  if (path === undefined) return { ...routes, insecureHosts: insecure };
  const { insecureHostsOf, parseRegistries } = await loadRemote();
  const text = (await readWhole(path, maxRegistriesSize)).toString('utf8');
  const registries = await parseRegistries(text, path);
  return { ...routes, registries, insecureHosts: [...insecure, ...insecureHostsOf(registries)] };
}

/** Which hosts others stand in for, and those that were chosen to be asked without TLS. */
async function readStandIns(endpoints: Endpoints) {
  const { makeRouter } = await import('../net/index.ts');
  const route = makeRouter(endpoints);
  const plain = Object.values(endpoints).filter((to) => to.startsWith('http:'));
  return {
    plainHosts: plain.map((to) => new URL(to).host),
    contacted: (host: string): string => {
      const { host: other, pathname } = route(new URL(`https://${host}/v2/`));
      // A registry has its API at the root; what lies deeper is found when the address is asked for.
      return pathname === '/v2/' ? other : host;
    },
  };
}

/** The client that all connections go through, made when first asked for. */
export function fetchOpener(access: RegistryAccess): () => Promise<Fetch> {
  return once(async () => access.fetch ?? (await openFetch(access)));
}

async function openFetch(access: RegistryAccess): Promise<Fetch> {
  const { makeFetch } = await import('../net/index.ts');
  return makeFetch(await toFetchOptions(access));
}

/** How a server is asked that knows its clients, and that authorities of its own vouch for. */
export interface PeerIdentity {
  /** PEM files: the only authorities that count, the certificate that is shown, and its key. */
  readonly authorities?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** The name that the server's certificate must have, where it is not that of the address. */
  readonly serverName?: string;
}

/** A client for servers that are met like that, with the same bounds as all others. @throws DISK_* */
export async function openFetchAs(access: RegistryAccess, identity: PeerIdentity): Promise<Fetch> {
  if (access.fetch !== undefined) return access.fetch;
  const { makeFetch } = await import('../net/index.ts');
  const read = async (path: string): Promise<string> => (await readWhole(path, maxCertificateSize)).toString('latin1');
  const { authorities, certificate, key, serverName } = identity;
  return makeFetch({
    ...(await toFetchOptions(access)),
    ...(authorities !== undefined && { onlyAuthorities: [await read(authorities)] }),
    ...(serverName !== undefined && { serverName }),
    ...(certificate !== undefined &&
      key !== undefined && { clientCertificate: { certificate: await read(certificate), key: await read(key) } }),
  });
}

/** How connections are made, with the authorities read from their files. @throws DISK_* */
export async function toFetchOptions(given: RegistryAccess): Promise<FetchOptions> {
  const { certificateFiles = [], ...access } = given;
  const { insecureHosts } = await readRoutes(given);
  const read = async (path: string): Promise<string> => (await readWhole(path, maxCertificateSize)).toString('latin1');
  return { ...access, insecureHosts, certificateAuthorities: await Promise.all(certificateFiles.map(read)) };
}

/** A login that was given for a registry counts before those that are stored. */
function credentialsOf(
  { environment, logins = [] }: RegistryAccess,
  log: Logger,
  remote: Awaited<ReturnType<typeof loadRemote>>,
): CredentialSource {
  const stored =
    environment === undefined
      ? remote.anonymous
      : remote.storedCredentials({ files: remote.credentialFiles(environment), environment, log });
  return logins.reduceRight(
    (others, { registry, credential }) => remote.credentialFor(registry, credential, others),
    stored,
  );
}
