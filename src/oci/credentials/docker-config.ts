import { type ErrorData, isAppError } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { ociError } from '../errors.ts';
import { isObject, parseObject } from '../manifest.ts';
import type { RegistryCredential } from './credential.ts';

/** The parts of docker's config.json and podman's auth.json that hold logins. */
export interface DockerConfig {
  readonly path: string;
  /** By registry, or registry and repository prefix, without scheme and version. */
  readonly auths: Readonly<Record<string, RegistryCredential>>;
  /** Helper by registry. */
  readonly credHelpers: Readonly<Record<string, string>>;
  /** Helper for all registries. */
  readonly credsStore?: string;
}

const maxSize = 4 * 2 ** 20;

/** Reads a file of logins; undefined when it is not there. @throws OCI_CREDENTIALS_INVALID, DISK_UNREADABLE */
export async function readDockerConfig(path: string): Promise<DockerConfig | undefined> {
  const bytes = await readWhole(path, maxSize).catch((error: unknown) => {
    if (isAppError(error, 'DISK_NOT_FOUND')) return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  return parseDockerConfig(bytes, path);
}

/** Reads the bytes of such a file, or of the secret of a cluster that holds one. @throws OCI_CREDENTIALS_INVALID */
export function parseDockerConfig(bytes: Uint8Array, path: string): DockerConfig {
  const json = bytes.length === 0 ? {} : parseObject(bytes);
  if (json === undefined) throw invalid({ path, reason: 'it is not a JSON object' });
  const { auths, credHelpers, credsStore } = json;
  return {
    path,
    auths: parseAuths(auths, path),
    credHelpers: isObject(credHelpers) ? parseHelpers(credHelpers) : {},
    ...(typeof credsStore === 'string' && credsStore !== '' && { credsStore }),
  };
}

/** The names under which a login for a place may be stored, nearest first (containers-auth.json(5)). */
export function lookupKeys(host: string, repository: string): string[] {
  const parts = repository.split('/');
  const paths = parts.map((_, index) => `${host}/${parts.slice(0, parts.length - index).join('/')}`);
  return [...paths, host, ...(host === 'index.docker.io' ? ['docker.io', 'registry-1.docker.io'] : [])];
}

/** The nearest login that the file itself holds for a place. */
export function findAuth({ auths }: DockerConfig, host: string, repository: string): RegistryCredential | undefined {
  return lookupKeys(host, repository)
    .map((key) => auths[key])
    .find((credential) => credential !== undefined);
}

/** `https://index.docker.io/v1/` → `index.docker.io`. */
export function normalKey(key: string): string {
  return key
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .replace(/\/v[12]$/, '');
}

function parseAuths(value: unknown, path: string): Record<string, RegistryCredential> {
  const auths: Record<string, RegistryCredential> = {};
  for (const [key, entry] of Object.entries(isObject(value) ? value : {})) {
    const credential = isObject(entry) ? parseAuth(entry, key, path) : undefined;
    if (credential !== undefined) auths[normalKey(key)] = credential;
  }
  return auths;
}

function parseAuth(entry: Record<string, unknown>, key: string, path: string): RegistryCredential | undefined {
  const { auth, username, password, identitytoken, registrytoken } = entry;
  if (isText(identitytoken)) return { kind: 'identity', token: identitytoken };
  if (isText(registrytoken)) return { kind: 'bearer', token: registrytoken };
  if (isText(auth)) {
    const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = decoded.indexOf(':');
    if (colon < 0) throw invalid({ path, reason: `the entry for ${key} is not USER:PASSWORD in base64` });
    return { kind: 'basic', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
  }
  return isText(username) && isText(password) ? { kind: 'basic', username, password } : undefined;
}

function parseHelpers(value: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(value).filter((pair): pair is [string, string] => isText(pair[1]));
  return Object.fromEntries(pairs.map(([key, helper]) => [normalKey(key), helper]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function invalid(data: ErrorData): Error {
  return ociError('OCI_CREDENTIALS_INVALID', { data });
}
