import { join } from 'node:path';
import { describeError, type Logger } from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { askCredentialHelper, type HelperCredential } from '../../process/index.ts';
import type { Place } from '../client/place.ts';
import type { CredentialSource, RegistryCredential } from './credential.ts';
import { type DockerConfig, lookupKeys, readDockerConfig } from './docker-config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Files that hold logins, in the order they are asked (docker, then podman). */
export function credentialFiles(environment: Environment): string[] {
  const { DOCKER_CONFIG: docker, HOME: home, REGISTRY_AUTH_FILE: podman, XDG_RUNTIME_DIR: runtime } = environment;
  return [
    docker ? join(docker, 'config.json') : home ? join(home, '.docker', 'config.json') : undefined,
    podman || undefined,
    runtime ? join(runtime, 'containers', 'auth.json') : undefined,
  ].filter((path) => path !== undefined);
}

export interface StoredCredentialOptions {
  readonly files: readonly string[];
  /** Environment for credential helpers. */
  readonly environment: Environment;
  readonly log: Logger;
}

/**
 * Logins that docker and podman have stored, with their helpers. One that cannot be had is logged and left out, as
 * most images need none.
 */
export function storedCredentials(options: StoredCredentialOptions): CredentialSource {
  const configOf = onceForEach((path: string) => readDockerConfig(path));
  return async (place, signal) => {
    for (const path of options.files) {
      try {
        const config = await configOf(path);
        const found = config && (await findIn(config, place, options.environment, signal));
        if (found !== undefined) return found;
      } catch (error) {
        signal?.throwIfAborted();
        options.log.warn('A stored login could not be used', { host: place.host, path, reason: describeError(error) });
      }
    }
    return undefined;
  };
}

/** A helper for the registry comes first, then logins in the file, then the helper for all, as docker has it. */
async function findIn(
  config: DockerConfig,
  { host, repository }: Place,
  environment: Environment,
  signal: AbortSignal | undefined,
): Promise<RegistryCredential | undefined> {
  const keys = lookupKeys(host, repository);
  const helper = keys.map((key) => config.credHelpers[key]).find((name) => name !== undefined) ?? config.credsStore;
  const server = host === 'index.docker.io' ? 'https://index.docker.io/v1/' : host;
  const options = { environment, ...(signal !== undefined && { signal }) };
  const stored = keys.map((key) => config.auths[key]).find((credential) => credential !== undefined);
  if (helper === undefined || (stored !== undefined && helper === config.credsStore)) return stored;
  const answer = await askCredentialHelper(helper, server, options);
  return answer === undefined ? stored : toCredential(answer);
}

function toCredential({ username, secret }: HelperCredential): RegistryCredential {
  return username === '<token>' ? { kind: 'identity', token: secret } : { kind: 'basic', username, password: secret };
}
