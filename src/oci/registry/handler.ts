import { type Clock, isAppError } from '../../core/index.ts';
import { makeTurns } from '../../kit/in-turn.ts';
import type { HttpHandler, ServedRequest, ServedResponse } from '../../net/index.ts';
import { serveBlob } from './blobs.ts';
import { json, refuse } from './errors.ts';
import { serveCatalog, serveTags } from './lists.ts';
import { serveManifest } from './manifests.ts';
import { isRepositoryName } from './names.ts';
import { OpenUploads } from './open-uploads.ts';
import { serveReferrers } from './referrers.ts';
import { defaultSettings, type RegistrySettings } from './settings.ts';
import type { RegistryState } from './state.ts';
import type { Storage } from './storage.ts';
import { continueUpload, startUpload } from './uploads.ts';

type Serve = (
  state: RegistryState,
  repository: string,
  argument: string,
  request: ServedRequest,
) => Promise<ServedResponse>;

interface Route {
  readonly path: RegExp;
  readonly methods: readonly string[];
  readonly serve: Serve;
  /** DELETE takes something away that others may want. */
  readonly keeps?: true;
}

const prefix = '/v2/';
const reading = ['GET', 'HEAD'];

/** First match counts; the repository is what stands before. */
const routes: readonly Route[] = [
  {
    path: /\/blobs\/uploads\/?$/,
    methods: ['POST'],
    serve: (state, repository, _, request) => startUpload(state, repository, request),
  },
  { path: /\/blobs\/uploads\/([^/]+)$/, methods: ['GET', 'PATCH', 'PUT', 'DELETE'], serve: continueUpload },
  { path: /\/blobs\/([^/]+)$/, methods: [...reading, 'DELETE'], serve: serveBlob, keeps: true },
  { path: /\/manifests\/([^/]+)$/, methods: [...reading, 'PUT', 'DELETE'], serve: serveManifest, keeps: true },
  { path: /\/referrers\/([^/]+)$/, methods: reading, serve: serveReferrers },
  {
    path: /\/tags\/list$/,
    methods: reading,
    serve: (state, repository, _, request) => serveTags(state, repository, request),
  },
];

export interface RegistryOptions extends Partial<RegistrySettings> {
  readonly clock?: Clock;
}

export interface Registry {
  readonly handle: HttpHandler;
  /** Forgets uploads that were not finished. */
  close(): Promise<void>;
}

/** The OCI distribution protocol over a storage, as a function from request to answer (distribution-spec, "API"). */
export function makeRegistry(storage: Storage, { clock, ...options }: RegistryOptions = {}): Registry {
  const settings = { ...defaultSettings, ...options };
  const uploads = new OpenUploads(storage, settings, clock ?? { now: () => new Date() });
  const state: RegistryState = { storage, settings, uploads, inTurn: makeTurns() };
  return {
    handle: (request) => route(state, request).catch(answerFull),
    close: () => uploads.discardAll(),
  };
}

async function route(state: RegistryState, request: ServedRequest): Promise<ServedResponse> {
  const path = decodePath(request.url.pathname) ?? '';
  const isReading = reading.includes(request.method);
  if (path === '/v2/' || path === '/v2') {
    return isReading ? json(200, {}, { 'docker-distribution-api-version': 'registry/2.0' }) : unsupported(reading);
  }
  if (path === '/v2/_catalog') return isReading ? serveCatalog(state, request) : unsupported(reading);
  return (await serveRepository(state, path, request)) ?? refuse('NAME_UNKNOWN', 'there is no such endpoint');
}

async function serveRepository(
  state: RegistryState,
  path: string,
  request: ServedRequest,
): Promise<ServedResponse | undefined> {
  const chosen = routes.find((candidate) => path.startsWith(prefix) && candidate.path.test(path));
  const found = chosen?.path.exec(path);
  if (chosen === undefined || !found) return undefined;
  const repository = path.slice(prefix.length, found.index);
  if (!isRepositoryName(repository)) return refuse('NAME_INVALID', 'the repository name is not valid');
  const allowed = chosen.methods.filter((method) => isAllowed(state.settings, chosen, method));
  if (!allowed.includes(request.method)) return unsupported(allowed);
  return chosen.serve(state, repository, found[1] ?? '', request);
}

function isAllowed({ readOnly, allowDelete }: RegistrySettings, { keeps }: Route, method: string): boolean {
  if (readOnly && !reading.includes(method)) return false;
  return allowDelete || keeps !== true || method !== 'DELETE';
}

function unsupported(allowed: readonly string[]): ServedResponse {
  return refuse('UNSUPPORTED', 'this registry does not support the method here', {
    headers: { allow: allowed.join(', ') },
  });
}

/** There is no room left, which is no fault of the program. */
function answerFull(error: unknown): ServedResponse {
  const isFull =
    isAppError(error, 'OCI_REGISTRY_FULL') ||
    (isAppError(error, 'DISK_UNWRITABLE') && /^(ENOSPC|EDQUOT|EFBIG)$/.test(String(error.data['reason'])));
  if (!isFull) throw error;
  return refuse('DENIED', 'the registry has no room left', { status: 507 });
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
