import type { KubeAccess } from './access.ts';
import { readAnswer, toError } from './answer.ts';
import { kubeError } from './errors.ts';
import { type ExchangeOptions, type KubeRequest, openExchange } from './exchange.ts';
import { readItems } from './items.ts';
import { describePlace, type KubeObject, type KubeResource, type ObjectPlace, pathOf } from './resource.ts';
import { readEvents, type WatchEvent } from './watch-events.ts';

export interface ListedObjects {
  readonly items: readonly KubeObject[];
  /** What a watch goes on from. */
  readonly resourceVersion: string;
}

/** Narrows lists and watches. */
export interface ListScope {
  readonly namespace?: string;
  /** For example `metadata.name=plimsoll`. */
  readonly fieldSelector?: string;
  readonly signal?: AbortSignal;
}

/** An API server of Kubernetes. Every method throws NET_* and KUBE_*. */
export interface KubeClient {
  /** Where objects are looked for that say no namespace. */
  readonly namespace: string;
  /** Whether the server knows a kind of objects at all. */
  knows(resource: KubeResource): Promise<boolean>;
  /** Undefined when there is none. */
  get(resource: KubeResource, place: ObjectPlace & { readonly name: string }): Promise<KubeObject | undefined>;
  /** All objects, page by page; undefined when the server does not know the kind. */
  list(resource: KubeResource, scope?: ListScope): Promise<ListedObjects | undefined>;
  create(resource: KubeResource, object: KubeObject): Promise<KubeObject>;
  /** Fails with KUBE_CONFLICT when somebody else was faster. */
  replace(resource: KubeResource, object: KubeObject): Promise<KubeObject>;
  /** A merge patch (RFC 7386). */
  merge(resource: KubeResource, place: ObjectPlace & { readonly name: string }, patch: object): Promise<KubeObject>;
  /** Server-side apply: makes the object or sets what it says, and leaves what others have set beside that. */
  apply(resource: KubeResource, object: KubeObject): Promise<KubeObject>;
  /** Changes since a version, until the server ends the watch, which it does each minute. */
  watch(resource: KubeResource, since: string, scope?: ListScope): AsyncIterable<WatchEvent>;
}

const contentTypes = {
  POST: 'application/json',
  PUT: 'application/json',
  PATCH: 'application/merge-patch+json',
} as const;
const pageSize = 250;
const maxObjects = 100_000;
/** Seconds; a connection that died unnoticed is noticed by then. */
const watchTime = 60;

/** Who sets what, as the server notes it; what somebody else has set before is taken over. */
const applied = 'fieldManager=plimsoll-install&force=true';

/** Opens nothing before it is asked. */
export function makeKubeClient(access: KubeAccess, options: ExchangeOptions): KubeClient {
  const send = openExchange(access, options);
  const { host } = access.server;
  const ask = async (action: string, request: KubeRequest): Promise<KubeObject | undefined> =>
    readAnswer(await send(request), host, action);
  const write = async (action: string, method: keyof typeof contentTypes, path: string, body: object) => {
    const contentType = path.endsWith(applied) ? 'application/apply-patch+yaml' : contentTypes[method];
    const written = await ask(action, { method, path, contentType, body: Buffer.from(JSON.stringify(body)) });
    if (written === undefined) throw kubeError('KUBE_FAILED', { data: { action, status: 404, reason: 'not found' } });
    return written;
  };
  return {
    namespace: access.namespace,
    async knows(resource) {
      const { group, version, plural } = resource;
      const path = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      const found = await ask(`tell what is in ${path}`, { method: 'GET', path });
      const resources = Array.isArray(found?.['resources']) ? (found['resources'] as { name?: unknown }[]) : [];
      return resources.some(({ name }) => name === plural);
    },
    get: (resource, place) =>
      ask(`get ${describePlace(resource, place)}`, { method: 'GET', path: pathOf(resource, place) }),
    async list(resource, { namespace, fieldSelector, signal } = {}) {
      const action = `list ${resource.plural}`;
      const items: KubeObject[] = [];
      for (let next = ''; ; ) {
        const query = queryOf({ limit: String(pageSize), continue: next, fieldSelector });
        const path = `${pathOf(resource, placeOf(namespace))}?${query}`;
        const page = await ask(action, { method: 'GET', path, ...(signal && { signal }) });
        if (page === undefined) return undefined;
        items.push(...readItems(page, resource, action));
        if (items.length > maxObjects) {
          throw kubeError('KUBE_ANSWER_INVALID', { data: { action, reason: `more than ${maxObjects} objects` } });
        }
        const { continue: more, resourceVersion = '' } = page.metadata;
        if (typeof more !== 'string' || more === '') return { items, resourceVersion };
        next = more;
      }
    },
    create: (resource, object) =>
      write(
        `create ${describePlace(resource, object.metadata)}`,
        'POST',
        pathOf(resource, placeOf(object.metadata.namespace)),
        object,
      ),
    replace: (resource, object) =>
      write(`replace ${describePlace(resource, object.metadata)}`, 'PUT', pathOf(resource, object.metadata), object),
    merge: (resource, place, patch) =>
      write(`change ${describePlace(resource, place)}`, 'PATCH', pathOf(resource, place), patch),
    apply: (resource, object) =>
      write(
        `apply ${describePlace(resource, object.metadata)}`,
        'PATCH',
        `${pathOf(resource, object.metadata)}?${applied}`,
        object,
      ),
    async *watch(resource, since, { namespace, fieldSelector, signal } = {}) {
      const action = `watch ${resource.plural}`;
      const query = queryOf({
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: since,
        timeoutSeconds: String(watchTime),
        fieldSelector,
      });
      const path = `${pathOf(resource, placeOf(namespace))}?${query}`;
      const response = await send({ method: 'GET', path, ...(signal && { signal }) });
      if (response.status !== 200) {
        response.discard();
        throw toError(response.status, '', action);
      }
      yield* readEvents(response.body, action);
    },
  };
}

function placeOf(namespace: string | undefined): ObjectPlace {
  return namespace === undefined ? {} : { namespace };
}

function queryOf(parts: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  return new URLSearchParams(given).toString();
}
