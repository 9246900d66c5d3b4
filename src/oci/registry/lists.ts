import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { json, refuse } from './errors.ts';
import { names } from './names.ts';
import type { RegistryState } from './state.ts';
import type { Storage } from './storage.ts';

const maxPage = 10_000;
const maxDepth = 32;

/** Tags of a repository in order, page by page (distribution-spec, "Listing Tags"). */
export async function serveTags(
  { storage }: RegistryState,
  repository: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  const tags = await storage.list(names.tags(repository));
  if (tags.length === 0 && (await storage.list(names.manifests(repository))).length === 0) {
    return refuse('NAME_UNKNOWN', 'there is no such repository');
  }
  const { page, headers } = pageOf(tags, request);
  return json(200, { name: repository, tags: page }, headers);
}

/** All repositories in order, page by page (Docker's `_catalog`). */
export async function serveCatalog({ storage }: RegistryState, request: ServedRequest): Promise<ServedResponse> {
  const { page, headers } = pageOf((await findRepositories(storage, '', 0)).sort(), request);
  return json(200, { repositories: page }, headers);
}

async function findRepositories(storage: Storage, prefix: string, depth: number): Promise<string[]> {
  if (depth > maxDepth) return [];
  const children = await storage.list(prefix === '' ? names.repositories : `${names.repositories}/${prefix}`);
  const below = children
    .filter((name) => !name.startsWith('_'))
    .map((name) => (prefix === '' ? name : `${prefix}/${name}`));
  const isOne = prefix !== '' && (await storage.list(names.manifests(prefix))).length > 0;
  const found = isOne ? [prefix] : [];
  for (const child of below) found.push(...(await findRepositories(storage, child, depth + 1)));
  return found;
}

function pageOf(
  all: readonly string[],
  { url }: ServedRequest,
): { page: readonly string[]; headers: Record<string, string> } {
  const last = url.searchParams.get('last');
  const wanted = Number(url.searchParams.get('n') ?? maxPage);
  const size = Number.isSafeInteger(wanted) && wanted >= 0 ? Math.min(wanted, maxPage) : maxPage;
  const rest = last === null ? all : all.filter((name) => name > last);
  const page = rest.slice(0, size);
  const next = page.at(-1);
  if (next === undefined || rest.length <= size) return { page, headers: {} };
  return { page, headers: { link: `<${url.pathname}?n=${size}&last=${encodeURIComponent(next)}>; rel="next"` } };
}
