import { databaseRepositoriesOption, javaDatabaseRepositoriesOption } from '../advisories/index.ts';
import type { RegistryAccess, RegistryLogin } from '../app/index.ts';
import { isAppError, type ListOption, type OptionMap, parseImageReference } from '../core/index.ts';
import {
  allowedHostsOption,
  caCertificateOption,
  type Endpoints,
  endpointsOption,
  insecureOption,
  makeRouter,
} from '../net/index.ts';
import {
  insecureRegistriesOption,
  mirrorsOption,
  passwordOption,
  registriesFileOption,
  registryTokenOption,
  usernameOption,
} from '../oci/index.ts';
import { configError } from './errors.ts';
import type { ResolvedOptions } from './resolve.ts';

export interface RegistryInput {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Images that are asked for by name. */
  readonly references?: readonly string[];
  /** Other images that are named: `--insecure` counts for their registries too, logins do not. */
  readonly also?: readonly string[];
  /** Read from the standard input, in place of the option. */
  readonly password?: string;
}

/**
 * What the options say about reaching registries. Logins and `--insecure` are for the registries that somebody named,
 * the image's and those of database repositories other than the usual: no other is given a password or trusted blindly.
 * @throws CONFIG_CREDENTIALS_UNPAIRED, CONFIG_VALUE_INVALID, NET_ENDPOINT_INVALID
 */
export function toRegistryAccess(options: ResolvedOptions, input: RegistryInput): RegistryAccess {
  const { environment } = input;
  const named = namedRegistries(options, input.references ?? []);
  const isLoginTold = options.has(usernameOption);
  const mirrors = options.get(mirrorsOption);
  const allowedHosts = options.get(allowedHostsOption);
  const certificate = options.get(caCertificateOption);
  const registriesFile = options.get(registriesFileOption);
  const endpoints = toEndpoints(options.get(endpointsOption));
  const others = (input.also ?? []).flatMap(registryOf);
  const insecure = options.get(insecureOption)
    ? [...named, ...others, ...Object.values(mirrors).flat().map(hostOf)]
    : [];
  return {
    proxy: toProxy(environment),
    insecureHosts: [...options.get(insecureRegistriesOption), ...insecure],
    mirrors,
    logins: isLoginTold ? toLogins(options, named, input.password) : [],
    environment,
    ...(endpoints !== undefined && { endpoints }),
    ...(registriesFile !== undefined && { registriesFile }),
    ...(certificate !== undefined && { certificateFiles: [certificate] }),
    ...(allowedHosts.length > 0 && { allowedHosts }),
  };
}

function toEndpoints(map: OptionMap): Endpoints | undefined {
  const rules = Object.entries(map).map(([from, [to = '', ...rest]]) => {
    if (rest.length === 0) return [from, to] as const;
    const data = { where: endpointsOption.key, found: `several addresses for ${from}`, expected: 'one address' };
    throw configError('CONFIG_VALUE_INVALID', { data: { ...data, advice: 'Write one.' } });
  });
  if (rules.length === 0) return undefined;
  const endpoints = Object.fromEntries(rules);
  // What is wrong with them is told now, not when something is first asked for.
  makeRouter(endpoints);
  return endpoints;
}

function namedRegistries(options: ResolvedOptions, references: readonly string[]): string[] {
  const repositories = [databaseRepositoriesOption, javaDatabaseRepositoriesOption].flatMap((spec: ListOption) =>
    !options.has(spec) || options.origin(spec).kind === 'default' ? [] : options.get(spec),
  );
  return [...new Set([...references, ...repositories].flatMap(registryOf))];
}

/** What is no reference is told as an error when it is opened, which says more. */
function registryOf(reference: string): string[] {
  try {
    return [parseImageReference(reference).registry];
  } catch (error) {
    if (isAppError(error, 'CORE_REFERENCE_INVALID')) return [];
    throw error;
  }
}

function hostOf(mirror: string): string {
  return mirror.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function toLogins(options: ResolvedOptions, registries: readonly string[], given: string | undefined): RegistryLogin[] {
  const username = options.get(usernameOption);
  const password = given ?? options.get(passwordOption);
  const token = options.get(registryTokenOption);
  if ((username === undefined) !== (password === undefined)) throw configError('CONFIG_CREDENTIALS_UNPAIRED');
  if (username !== undefined && password !== undefined) {
    return registries.map((registry) => ({ registry, credential: { kind: 'basic', username, password } }));
  }
  if (token === undefined) return [];
  return registries.map((registry) => ({ registry, credential: { kind: 'bearer', token } }));
}

/** The variables in capitals or not, as curl and Go read them. */
function toProxy(environment: RegistryInput['environment']): NonNullable<RegistryAccess['proxy']> {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] || environment[name] || undefined;
  const httpProxy = read('HTTP_PROXY');
  const httpsProxy = read('HTTPS_PROXY');
  const noProxy = read('NO_PROXY');
  return {
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  };
}
