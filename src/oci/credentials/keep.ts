import { isAppError } from '../../core/index.ts';
import { readWhole, writeOutput } from '../../disk/index.ts';
import { eraseCredential, storeCredential } from '../../process/index.ts';
import { ociError } from '../errors.ts';
import { isObject, parseObject } from '../manifest.ts';
import type { RegistryCredential } from './credential.ts';
import { normalKey, parseDockerConfig } from './docker-config.ts';
import { serverOf } from './stored.ts';

export interface LoginPlace {
  /** docker's configuration; see `loginFile`. */
  readonly path: string;
  /** A registry, or `registry/path` for what lies below. */
  readonly registry: string;
  /** Environment for credential helpers. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** Where a login was stored. */
export interface KeptLogin {
  readonly path: string;
  /** The helper that keeps it, without `docker-credential-`; without one it lies in the file, readable. */
  readonly helper?: string;
}

const maxSize = 4 * 2 ** 20;

/** Stores a login as docker does: with the helper of the registry or of all, or else in the file. @throws OCI_CREDENTIALS_INVALID, PROCESS_HELPER_*, DISK_* */
export async function keepLogin(
  place: LoginPlace,
  credential: Exclude<RegistryCredential, { kind: 'bearer' }>,
): Promise<KeptLogin> {
  const file = await readFile(place);
  const { helper, server } = file;
  const [username, secret] =
    credential.kind === 'basic' ? [credential.username, credential.password] : ['<token>', credential.token];
  if (helper !== undefined) await storeCredential(helper, server, { username, secret }, place);
  const entry = helper === undefined ? toEntry(credential) : {};
  await write(place.path, { ...file.json, auths: { ...withoutServer(file), [server]: entry } });
  return { path: place.path, ...(helper !== undefined && { helper }) };
}

/** Forgets the login of a registry; false when none was stored. @throws OCI_CREDENTIALS_INVALID, PROCESS_HELPER_*, DISK_* */
export async function forgetLogin(place: LoginPlace): Promise<boolean> {
  const file = await readFile(place);
  const erased = file.helper !== undefined && (await eraseCredential(file.helper, file.server, place));
  const left = withoutServer(file);
  const wasListed = Object.keys(left).length < Object.keys(file.auths).length;
  if (wasListed) await write(place.path, { ...file.json, auths: left });
  return erased || wasListed;
}

interface LoginFile {
  readonly json: Readonly<Record<string, unknown>>;
  readonly auths: Readonly<Record<string, unknown>>;
  readonly server: string;
  readonly helper: string | undefined;
}

/** What stands in the file stays as it is, known or not. */
async function readFile({ path, registry }: LoginPlace): Promise<LoginFile> {
  const bytes = await readWhole(path, maxSize).catch((error: unknown) => {
    if (isAppError(error, 'DISK_NOT_FOUND')) return Buffer.alloc(0);
    throw error;
  });
  const { credHelpers, credsStore } = parseDockerConfig(bytes, path);
  const json = parseObject(bytes) ?? {};
  const server = serverOf(registry);
  const auths = isObject(json['auths']) ? json['auths'] : {};
  const host = normalKey(server).split('/')[0] ?? '';
  return { json, auths, server, helper: credHelpers[normalKey(server)] ?? credHelpers[host] ?? credsStore };
}

/** All entries but those of the registry, however they are spelt. */
function withoutServer({ auths, server }: LoginFile): Record<string, unknown> {
  return Object.fromEntries(Object.entries(auths).filter(([key]) => normalKey(key) !== normalKey(server)));
}

function toEntry(credential: Exclude<RegistryCredential, { kind: 'bearer' }>): Record<string, string> {
  if (credential.kind === 'identity')
    return {
      auth: Buffer.from('00000000-0000-0000-0000-000000000000:').toString('base64'),
      identitytoken: credential.token,
    };
  const { username, password } = credential;
  if (username.includes(':'))
    throw ociError('OCI_CREDENTIALS_INVALID', { data: { path: 'what was given', reason: 'a user name has no colon' } });
  return { auth: Buffer.from(`${username}:${password}`).toString('base64') };
}

async function write(path: string, json: Readonly<Record<string, unknown>>): Promise<void> {
  await writeOutput(path, `${JSON.stringify(json, undefined, '\t')}\n`, 0o600);
}
