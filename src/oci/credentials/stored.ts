import { join } from 'node:path';
import { describeError, type Logger } from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { askCredentialHelper, type HelperCredential } from '../../process/index.ts';
import type { Place } from '../client/place.ts';
import type { CredentialSource, RegistryCredential } from './credential.ts';
import { type DockerConfig, findAuth, lookupKeys, readDockerConfig } from './docker-config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Files that hold logins, in the order they are asked: docker's, then podman's (containers-auth.json(5)). */
export function credentialFiles(environment: Environment): string[] {
  const { HOME: home, REGISTRY_AUTH_FILE: chosen, XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: own } = environment;
  const config = own || (home && join(home, '.config'));
  return [
    loginFile(environment),
    chosen || undefined,
    runtime ? join(runtime, 'containers', 'auth.json') : undefined,
    config ? join(config, 'containers', 'auth.json') : undefined,
  ].filter((path) => path !== undefined);
}

/** The file that a login is stored in; undefined where there is no home. */
export function loginFile({ DOCKER_CONFIG: docker, HOME: home }: Environment): string | undefined {
  if (docker) return join(docker, 'config.json');
  return home ? join(home, '.docker', 'config.json') : undefined;
}

/** The name under which docker's tools and their helpers keep the login of a registry. */
export function serverOf(host: string): string {
  return host === 'index.docker.io' || host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
}

/** What one file of logins had for a place; never the login itself. */
export interface CredentialLookup {
  readonly path: string;
  /** `unasked` files come after the one that had a login. */
  readonly outcome: 'absent' | 'none' | 'found' | 'failed' | 'unasked';
  /** The helper that was asked, without `docker-credential-`. */
  readonly helper?: string;
  readonly kind?: RegistryCredential['kind'];
  readonly reason?: string;
}

export interface StoredCredentialOptions {
  readonly files: readonly string[];
  /** Environment for credential helpers. */
  readonly environment: Environment;
  readonly log: Logger;
  /** Told of each file that is looked into, in order. */
  readonly tell?: (lookup: CredentialLookup) => void;
}

/**
 * Logins that docker and podman have stored, with their helpers. One that cannot be had is logged and left out, as
 * most images need none.
 */
export function storedCredentials(options: StoredCredentialOptions): CredentialSource {
  const configOf = onceForEach((path: string) => readDockerConfig(path));
  return async (place, signal) => {
    for (const path of options.files) {
      const { credential, ...lookup } = await lookInto(() => configOf(path), place, options, signal);
      options.tell?.({ path, ...lookup });
      if (credential !== undefined) return credential;
      if (lookup.outcome !== 'failed') continue;
      options.log.warn('A stored login could not be used', { host: place.host, path, reason: lookup.reason });
    }
    return undefined;
  };
}

async function lookInto(
  readConfig: () => Promise<DockerConfig | undefined>,
  place: Place,
  options: StoredCredentialOptions,
  signal: AbortSignal | undefined,
): Promise<Omit<CredentialLookup, 'path'> & FoundCredential> {
  try {
    const config = await readConfig();
    if (config === undefined) return { outcome: 'absent' };
    const found = await findIn(config, place, options, signal);
    if (found.credential === undefined) return { ...found, outcome: 'none' };
    return { ...found, outcome: 'found', kind: found.credential.kind };
  } catch (error) {
    signal?.throwIfAborted();
    return { outcome: 'failed', reason: describeError(error) };
  }
}

interface FoundCredential {
  readonly credential?: RegistryCredential;
  /** The helper that was asked. */
  readonly helper?: string;
}

/** A helper for the registry comes first, then logins in the file, then the helper for all, as docker has it. */
async function findIn(
  config: DockerConfig,
  { host, repository }: Place,
  { environment }: StoredCredentialOptions,
  signal: AbortSignal | undefined,
): Promise<FoundCredential> {
  const keys = lookupKeys(host, repository);
  const helper = keys.map((key) => config.credHelpers[key]).find((name) => name !== undefined) ?? config.credsStore;
  const stored = findAuth(config, host, repository);
  const inFile = stored === undefined ? {} : { credential: stored };
  if (helper === undefined || (stored !== undefined && helper === config.credsStore)) return inFile;
  const answer = await askCredentialHelper(helper, serverOf(host), {
    environment,
    ...(signal !== undefined && { signal }),
  });
  return answer === undefined ? { ...inFile, helper } : { credential: toCredential(answer), helper };
}

function toCredential({ username, secret }: HelperCredential): RegistryCredential {
  return username === '<token>' ? { kind: 'identity', token: secret } : { kind: 'basic', username, password: secret };
}
