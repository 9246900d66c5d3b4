import { type Digest, isDigest } from './digest.ts';
import { coreError } from './errors.ts';

/**
 * A parsed image name, completed by Docker's rules: no registry means `docker.io`, a single-component
 * repository there lives under `library/`. Grammar: distribution `reference` package, OCI distribution-spec "Pulling manifests".
 */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const dockerHub = 'docker.io';
const dockerHubAliases: ReadonlySet<string> = new Set(['index.docker.io', 'registry-1.docker.io']);
const componentPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const registryPattern = /^(?:\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::\d{1,5})?$/;

/** Reads `[registry/]repository[:tag][@digest]`; neither tag nor digest is invented. @throws CORE_REFERENCE_INVALID */
export function parseImageReference(text: string): ImageReference {
  const { rest: named, digest } = splitDigest(text);
  const { rest: name, tag } = splitTag(text, named);
  const { registry, path } = splitRegistry(text, name);
  const repository = registry === dockerHub && !path.includes('/') ? `library/${path}` : path;
  if (repository.length > 255) fail(text, 'the repository is longer than 255 characters');
  if (!repository.split('/').every((part) => componentPattern.test(part))) {
    fail(text, 'a repository has lower-case letters, digits and . _ - between them, in parts separated by /');
  }
  return { registry, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** `registry/repository`, completed. */
export function repositoryName(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}`;
}

/** The full form; `latest` is not added. */
export function formatImageReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${repositoryName(reference)}${tag}${digest}`;
}

/** The repository as Docker prints it: Docker Hub's registry and `library/` are left out. */
export function familiarName(reference: ImageReference): string {
  if (reference.registry !== dockerHub) return repositoryName(reference);
  return reference.repository.replace(/^library\/(?=[^/]+$)/, '');
}

function splitDigest(text: string): { rest: string; digest?: Digest } {
  const at = text.indexOf('@');
  if (at < 0) return { rest: text };
  const digest = text.slice(at + 1);
  if (!isDigest(digest)) fail(text, 'what follows @ is not a digest');
  return { rest: text.slice(0, at), digest };
}

function splitTag(text: string, named: string): { rest: string; tag?: string } {
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  if (colon < 0) return { rest: named };
  const tag = named.slice(colon + 1);
  if (!tagPattern.test(tag)) fail(text, 'a tag has up to 128 letters, digits and _ . -');
  return { rest: named.slice(0, colon), tag };
}

function splitRegistry(text: string, name: string): { registry: string; path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  // Without a dot, a port or the word localhost, the first part belongs to the repository on Docker Hub.
  if (slash < 0 || !(/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase())) {
    return { registry: dockerHub, path: name };
  }
  if (!registryPattern.test(first)) fail(text, 'the registry is not a host with an optional port');
  return { registry: dockerHubAliases.has(first) ? dockerHub : first, path: name.slice(slash + 1) };
}

function fail(text: string, reason: string): never {
  throw coreError('CORE_REFERENCE_INVALID', { data: { text: text.slice(0, 300), reason } });
}
