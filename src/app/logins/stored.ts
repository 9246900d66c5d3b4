import { parseImageReference } from '../../core/index.ts';
import { type LoginPlace, loadRemote, type RegistryCredential } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { FoundLogin, LoginInput, LoginPlaceInput, StoredLogin } from './input.ts';

export async function store(input: LoginInput, context: AppContext): Promise<StoredLogin> {
  const { keepLogin } = await loadRemote();
  const { username, password } = input;
  return keepLogin(await toPlace(input, context), { kind: 'basic', username, password });
}

/** What was not stored is forgotten already. */
export async function forget(input: LoginPlaceInput, context: AppContext): Promise<StoredLogin> {
  const remote = await loadRemote();
  const place = await toPlace(input, context);
  await remote.forgetLogin(place);
  return { path: place.path };
}

export async function find(input: LoginPlaceInput, { log, signal }: AppContext): Promise<FoundLogin | undefined> {
  const { credentialFiles, storedCredentials } = await loadRemote();
  const { environment } = input;
  const lookUp = storedCredentials({ files: credentialFiles(environment), environment, log });
  const registry = toRegistry(input);
  const host = registry === 'docker.io' ? 'index.docker.io' : registry;
  const credential = await lookUp({ host, repository: '' }, signal);
  return credential === undefined ? undefined : toFound(credential);
}

function toFound(credential: RegistryCredential): FoundLogin {
  switch (credential.kind) {
    case 'basic':
      return { username: credential.username, secret: credential.password };
    case 'identity':
      return { username: '<token>', secret: credential.token };
    case 'bearer':
      return {};
  }
}

async function toPlace(input: LoginPlaceInput, { signal }: AppContext): Promise<LoginPlace> {
  const { loginFile, refuseHomeless } = await loadRemote();
  const { environment } = input;
  const path = loginFile(environment) ?? refuseHomeless();
  return { path, registry: toRegistry(input), environment, ...(signal !== undefined && { signal }) };
}

/** A host alone could be the name of an image. @throws CORE_REFERENCE_INVALID */
function toRegistry({ registry }: LoginPlaceInput): string {
  const host = registry.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const parsed = parseImageReference(`${host}/name`);
  // Without a dot or a port it was taken for a part of the name.
  return parsed.repository === 'name' || parsed.repository === 'library/name' ? parsed.registry : host;
}
