import type { HttpHandler, ServedRequest, ServedResponse } from '../../net/index.ts';
import { serveBlob } from './blobs.ts';
import { json, refuse } from './errors.ts';
import { serveCatalog, serveTags } from './lists.ts';
import { serveManifest, serveReferrers } from './manifests.ts';
import { isRepositoryName } from './names.ts';
import type { Storage } from './storage.ts';
import { continueUpload, startUpload } from './uploads.ts';

type Serve = (
  storage: Storage,
  repository: string,
  argument: string,
  request: ServedRequest,
) => Promise<ServedResponse>;

interface Route {
  readonly path: RegExp;
  readonly methods: readonly string[];
  readonly serve: Serve;
}

const prefix = '/v2/';

/** First match counts; the repository is what stands before. */
const routes: readonly Route[] = [
  {
    path: /\/blobs\/uploads\/?$/,
    methods: ['POST'],
    serve: (storage, repository, _, request) => startUpload(storage, repository, request),
  },
  { path: /\/blobs\/uploads\/([^/]+)$/, methods: ['GET', 'PATCH', 'PUT', 'DELETE'], serve: continueUpload },
  { path: /\/blobs\/([^/]+)$/, methods: ['HEAD', 'GET', 'DELETE'], serve: serveBlob },
  { path: /\/manifests\/([^/]+)$/, methods: ['HEAD', 'GET', 'PUT', 'DELETE'], serve: serveManifest },
  { path: /\/referrers\/([^/]+)$/, methods: ['GET'], serve: serveReferrers },
  {
    path: /\/tags\/list$/,
    methods: ['GET'],
    serve: (storage, repository, _, request) => serveTags(storage, repository, request),
  },
];

/** The OCI distribution protocol over a storage, as a function from request to answer (distribution-spec, "API"). */
export function makeRegistryHandler(storage: Storage): HttpHandler {
  return async (request) => {
    const path = decodePath(request.url.pathname) ?? '';
    if (path === '/v2/' || path === '/v2') return json(200, {}, { 'docker-distribution-api-version': 'registry/2.0' });
    if (path === '/v2/_catalog') return serveCatalog(storage, request);
    return (await serveRepository(storage, path, request)) ?? refuse('NAME_UNKNOWN', 'there is no such endpoint');
  };
}

async function serveRepository(
  storage: Storage,
  path: string,
  request: ServedRequest,
): Promise<ServedResponse | undefined> {
  const route = routes.find((candidate) => path.startsWith(prefix) && candidate.path.test(path));
  const found = route?.path.exec(path);
  if (route === undefined || !found) return undefined;
  const repository = path.slice(prefix.length, found.index);
  if (!isRepositoryName(repository)) return refuse('NAME_INVALID', 'the repository name is not valid');
  if (!route.methods.includes(request.method)) return refuse('UNSUPPORTED', 'the method is not supported here');
  return route.serve(storage, repository, found[1] ?? '', request);
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
