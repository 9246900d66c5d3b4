import { parseImageReference } from '../core/index.ts';
import { type CredentialLookup, type Diagnosis, type LookedUp, loadDiagnose, loadRemote } from '../oci/index.ts';
import type { AppContext } from './context.ts';
import { fetchOpener, type RegistryAccess, readRoutes, toFetchOptions } from './registry-access.ts';

export interface DiagnoseInput {
  /** An image's name. */
  readonly reference: string;
  /** How registries are reached, which is what is looked at. */
  readonly access: RegistryAccess;
}

/** Finds out whether an image can be had from its registry or a mirror, and if not, why. @throws CORE_REFERENCE_INVALID */
export async function diagnoseReference({ reference, access }: DiagnoseInput, context: AppContext): Promise<Diagnosis> {
  const { diagnose } = await loadDiagnose();
  const { inspectTls, proxyOf } = await import('../net/index.ts');
  const fetchOptions = await toFetchOptions(access);
  const { clock, log, signal } = context;
  return diagnose(parseImageReference(reference), {
    clock,
    log,
    fetch: await fetchOpener(access)(),
    ...(await readRoutes(access)),
    lookUp: (place, stop) => lookUp(access, place, context, stop),
    proxyOf: (url) => proxyOf(url, access.proxy ?? {}),
    inspectTls: (url) => inspectTls(url, fetchOptions),
    ...(signal !== undefined && { signal }),
  });
}

/** As the client looks for logins: what was given first, then files in order. */
async function lookUp(
  { logins = [], environment }: RegistryAccess,
  place: { readonly host: string; readonly repository: string },
  { log }: AppContext,
  signal: AbortSignal | undefined,
): Promise<LookedUp> {
  const remote = await loadRemote();
  const files = environment === undefined ? [] : remote.credentialFiles(environment);
  const lookups: CredentialLookup[] = [];
  for (const { registry, credential } of logins) {
    const given = await remote.credentialFor(registry, credential, remote.anonymous)(place);
    if (given === undefined) continue;
    lookups.push({ path: 'options', outcome: 'found', kind: given.kind });
    return { credential: given, lookups: [...lookups, ...files.map(unasked)] };
  }
  const tell = (lookup: CredentialLookup): void => void lookups.push(lookup);
  const credential = await remote.storedCredentials({ files, environment: environment ?? {}, log, tell })(
    place,
    signal,
  );
  const left = files.filter((path) => !lookups.some((lookup) => lookup.path === path));
  return { lookups: [...lookups, ...left.map(unasked)], ...(credential !== undefined && { credential }) };
}

function unasked(path: string): CredentialLookup {
  return { path, outcome: 'unasked' };
}
