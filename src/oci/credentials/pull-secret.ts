import { describeError, type Logger } from '../../core/index.ts';
import type { CredentialSource } from './credential.ts';
import { findAuth, parseDockerConfig } from './docker-config.ts';

/** A secret of a cluster that holds logins (Kubernetes, "Pull an Image from a Private Registry"). */
export interface PullSecret {
  /** `namespace/name`, for messages. */
  readonly name: string;
  readonly type: 'kubernetes.io/dockerconfigjson' | 'kubernetes.io/dockercfg';
  /** The decoded value of its one key. */
  readonly bytes: Uint8Array;
}

/** Gives the secrets in the order they are asked; who knows the cluster fills this port. */
export type PullSecrets = (signal?: AbortSignal) => Promise<readonly PullSecret[]>;

/** Logins of pull secrets; one that cannot be read is logged and left out. Helpers are never run: a secret names none. */
export function pullSecretCredentials(secrets: PullSecrets, log: Logger): CredentialSource {
  return async ({ host, repository }, signal) => {
    for (const secret of await secrets(signal)) {
      try {
        const found = findAuth(parseDockerConfig(documentOf(secret), secret.name), host, repository);
        if (found !== undefined) return found;
      } catch (error) {
        log.warn('A pull secret could not be read', { secret: secret.name, reason: describeError(error) });
      }
    }
    return undefined;
  };
}

/** The older type holds what the newer has under `auths`. */
function documentOf({ type, bytes }: PullSecret): Uint8Array {
  if (type === 'kubernetes.io/dockerconfigjson') return bytes;
  return Buffer.concat([Buffer.from('{"auths":'), bytes, Buffer.from('}')]);
}
