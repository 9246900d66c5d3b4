import { join } from 'node:path';
import { isAppError } from '../../../core/index.ts';
import { readWhole } from '../../../disk/index.ts';
import { trustError } from '../../errors.ts';
import type { KmsAccess } from '../scheme.ts';

/** Where the transit engine is, and what it is shown. */
export interface VaultSettings {
  /** Without a slash at the end. */
  readonly address: string;
  readonly token: string;
  readonly namespace?: string;
  /** The path that the transit engine is mounted at. */
  readonly mount: string;
  /** The version of keys to verify with, when it is not the newest. */
  readonly version?: number;
}

type Environment = KmsAccess['environment'];

const maxTokenSize = 64 * 1024;
const headerText = /^[\x21-\x7e]+$/;

/** What the variables of Vault say, and else those of OpenBao. @throws TRUST_KMS_SETTING, DISK_* */
export async function readSettings(environment: Environment): Promise<VaultSettings> {
  const namespace = first(environment, 'VAULT_NAMESPACE', 'BAO_NAMESPACE');
  const version = versionOf(environment);
  if (namespace !== undefined && !headerText.test(namespace)) throw unusable('VAULT_NAMESPACE', 'is no namespace');
  return {
    address: addressOf(environment),
    token: await tokenOf(environment),
    mount: mountOf(environment),
    ...(namespace !== undefined && { namespace }),
    ...(version !== undefined && { version }),
  };
}

function addressOf(environment: Environment): string {
  const text = first(environment, 'VAULT_ADDR', 'BAO_ADDR');
  if (text === undefined) throw unusable('VAULT_ADDR', 'is not set, and neither is BAO_ADDR');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw unusable('VAULT_ADDR', 'is no address of https:// or http://');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

async function tokenOf(environment: Environment): Promise<string> {
  const token = first(environment, 'VAULT_TOKEN', 'BAO_TOKEN') ?? (await keptToken(environment));
  if (token === undefined) throw unusable('VAULT_TOKEN', 'is not set, and there is no token in ~/.vault-token');
  if (!headerText.test(token)) throw unusable('VAULT_TOKEN', 'is no token');
  return token;
}

/** What `vault login` wrote. */
async function keptToken({ HOME: home }: Environment): Promise<string | undefined> {
  if (!home) return undefined;
  try {
    return (await readWhole(join(home, '.vault-token'), maxTokenSize)).toString('latin1').trim() || undefined;
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND')) return undefined;
    throw error;
  }
}

function mountOf({ TRANSIT_SECRET_ENGINE_PATH: told }: Environment): string {
  const mount = (told || 'transit').replace(/^\/+|\/+$/g, '');
  const isPath = mount.split('/').every((part) => /^[\w.~-]+$/.test(part) && !/^\.+$/.test(part));
  if (!isPath) throw unusable('TRANSIT_SECRET_ENGINE_PATH', 'is no path of a secret engine');
  return mount;
}

/** `vault:v2:`, which stands before signatures of version 2. */
function versionOf({ VAULT_KEY_PREFIX: prefix }: Environment): number | undefined {
  if (!prefix) return undefined;
  const [, version] = /^vault:v([1-9]\d{0,8}):$/.exec(prefix) ?? [];
  if (version === undefined) throw unusable('VAULT_KEY_PREFIX', 'is not of the form vault:v1:');
  return Number(version);
}

function first(environment: Environment, ...names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
}

function unusable(variable: string, problem: string): Error {
  return trustError('TRUST_KMS_SETTING', { data: { variable, problem } });
}
