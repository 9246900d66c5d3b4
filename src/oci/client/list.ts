import { readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { parseObject } from '../manifest.ts';
import type { Action } from './authenticator.ts';
import { nextPage } from './next-page.ts';
import type { Place } from './place.ts';
import type { Transport } from './transport.ts';

export interface ListOptions {
  /** Names asked for at once; the registry's own measure when left out. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

interface ListWish extends ListOptions {
  readonly path: string;
  /** The member of the answer that holds the names. */
  readonly member: 'tags' | 'repositories';
  readonly action: Action;
  readonly what: string;
}

const maxPages = 100_000;
/** Some registries send all their names at once, whatever they are asked for. */
const maxPageBytes = 64 * 2 ** 20;
const maxName = 512;

/** Tags of a repository, page by page, in the registry's order (distribution-spec, "Listing Tags"). @throws OCI_RESPONSE_INVALID */
export function listTags(transport: Transport, place: Place, options: ListOptions = {}): AsyncGenerator<string, void> {
  const wish = { path: 'tags/list', member: 'tags', action: 'pull', what: 'list of tags' } as const;
  return listNames(transport, place, { ...options, ...wish });
}

/** Repositories of a registry, page by page (Docker's `_catalog`). @throws OCI_RESPONSE_INVALID */
export function listCatalog(
  transport: Transport,
  host: string,
  options: ListOptions = {},
): AsyncGenerator<string, void> {
  const wish = { path: '/v2/_catalog', member: 'repositories', action: 'catalog', what: 'catalog' } as const;
  return listNames(transport, { host, repository: '' }, { ...options, ...wish });
}

async function* listNames(transport: Transport, place: Place, wish: ListWish): AsyncGenerator<string, void> {
  const { member, action, what, signal, pageSize } = wish;
  let path: string | URL | undefined = pageSize === undefined ? wish.path : `${wish.path}?n=${pageSize}`;
  for (let page = 0; path !== undefined; page++) {
    if (page >= maxPages) throw invalid(place, `its ${what} has more than ${maxPages} pages`);
    const request = { method: 'GET' as const, path, action, what, accept: [200], ...(signal && { signal }) };
    const { response, url } = await transport.send(place, request);
    const body = parseObject(await readWholeBody(response, place.host, maxPageBytes));
    const names = body?.[member] ?? [];
    if (body === undefined || !Array.isArray(names) || !names.every(isName)) {
      throw invalid(place, `its ${what} is not a list of names`);
    }
    yield* names;
    path = nextPage(response, url, place);
  }
}

/** What a registry calls a name may reach a terminal. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxName && !/\p{C}/u.test(value);
}

function invalid(place: Place, reason: string): Error {
  return ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason } });
}
