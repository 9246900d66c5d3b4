import type { HttpResponse } from '../../core/index.ts';
import { readWholeBody } from '../../net/index.ts';
import { plainText } from '../client/answer.ts';
import { ociError } from '../errors.ts';
import { parseObject } from '../manifest.ts';
import type { DaemonConnection } from './connect.ts';

/** What a daemon says of an image that it holds (Docker Engine API, "Inspect an image"). */
export interface InspectedImage {
  readonly id: string;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

const maxInspect = 8 * 2 ** 20;

/** @throws OCI_DAEMON_NO_IMAGE, OCI_DAEMON_FAILED, NET_* */
export async function inspectImage(
  connection: DaemonConnection,
  name: string,
  signal: AbortSignal | undefined,
): Promise<InspectedImage> {
  const response = await ask(connection, name, 'json', signal);
  const json = parseObject(await readWholeBody(response, connection.name, maxInspect));
  const {
    Id: id,
    RepoTags: tags,
    RepoDigests: digests,
    Os: os,
    Architecture: architecture,
    Variant: variant,
  } = json ?? {};
  if (typeof id !== 'string' || !/^(sha256:)?[0-9a-f]{64}$/.test(id)) {
    throw ociError('OCI_DAEMON_FAILED', { data: { daemon: connection.name, detail: 'it describes no image' } });
  }
  return {
    id,
    repoTags: toNames(tags),
    repoDigests: toNames(digests),
    os: typeof os === 'string' ? os : '',
    architecture: typeof architecture === 'string' ? architecture : '',
    ...(typeof variant === 'string' && variant !== '' && { variant }),
  };
}

/** The image as a tar, as `docker save` writes it (Docker Engine API, "Export an image"). @throws OCI_DAEMON_NO_IMAGE, OCI_DAEMON_FAILED, NET_* */
export async function saveImage(
  connection: DaemonConnection,
  id: string,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  return (await ask(connection, id, 'get', signal)).body;
}

async function ask(
  { fetch, base, name: daemon }: DaemonConnection,
  name: string,
  what: 'json' | 'get',
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const url = new URL(`images/${name}/${what}`, base);
  const response = await fetch({ method: 'GET', url, ...(signal !== undefined && { signal }) });
  if (response.status === 200) return response;
  const message = parseObject(await readWholeBody(response, daemon, maxInspect))?.['message'];
  if (response.status === 404) throw ociError('OCI_DAEMON_NO_IMAGE', { data: { daemon, reference: name } });
  const said = typeof message === 'string' ? `: ${plainText(message)}` : '';
  throw ociError('OCI_DAEMON_FAILED', { data: { daemon, detail: `status ${response.status}${said}` } });
}

function toNames(value: unknown): string[] {
  const names = Array.isArray(value) ? value : [];
  return names.filter((name): name is string => typeof name === 'string' && !/\p{C}|<none>/u.test(name));
}
