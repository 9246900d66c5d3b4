import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './context.ts';
import { type BuiltImage, dockerArchiveFiles } from './image.ts';
import { buildTar } from './tar.ts';

export interface DaemonImage {
  readonly image: BuiltImage;
  /** Short names with tags. */
  readonly repoTags: readonly string[];
  readonly repoDigests?: readonly string[];
}

export interface TestDaemonOptions {
  /** Listens on TCP of loopback instead of a Unix socket, with TLS when there is a certificate. */
  readonly tcp?: { readonly key?: string; readonly cert?: string; readonly ca?: string };
  /** Answers requests in place of the daemon: status and body. */
  readonly answer?: (path: string) => { readonly status: number; readonly body: string | Buffer } | undefined;
}

export interface TestDaemon {
  /** What DOCKER_HOST is to be. */
  readonly endpoint: string;
  /** `METHOD path` of each request. */
  readonly seen: readonly string[];
}

/** The parts of the Docker Engine API that clients need to list, inspect and save images. */
export async function startDaemon(
  images: readonly DaemonImage[],
  { tcp, answer }: TestDaemonOptions = {},
): Promise<TestDaemon> {
  const seen: string[] = [];
  const listener = ({ method, url = '/' }: IncomingMessage, outgoing: ServerResponse): void => {
    const path = decodeURIComponent(url.replace(/^\/v1\.\d+/, ''));
    seen.push(`${method} ${path}`);
    const { status, body } = answer?.(path) ?? reply(images, path);
    const type = typeof body === 'string' ? 'application/json' : 'application/x-tar';
    outgoing.writeHead(status, { 'content-type': type, 'api-version': '1.47', ostype: 'linux' });
    outgoing.end(method === 'HEAD' ? undefined : body);
  };
  const server = tcp?.key === undefined ? createServer(listener) : createTlsServer(tlsOf(tcp), listener);
  const socket = join(temporaryDirectory(), 'docker.sock');
  await new Promise<void>((resolve) => {
    if (tcp === undefined) server.listen(socket, resolve);
    else server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const endpoint = tcp === undefined ? `unix://${socket}` : `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, seen };
}

function tlsOf({ key, cert, ca }: NonNullable<TestDaemonOptions['tcp']>): Record<string, unknown> {
  return { key, cert, ...(ca !== undefined && { ca, requestCert: true, rejectUnauthorized: true }) };
}

interface Reply {
  readonly status: number;
  readonly body: string | Buffer;
}

function reply(images: readonly DaemonImage[], path: string): Reply {
  if (path === '/_ping') return { status: 200, body: 'OK' };
  if (path.startsWith('/images/json')) return json(images.map(summarize));
  const [, name, what] = /^\/images\/(.+)\/(json|get)(?:\?.*)?$/.exec(path) ?? [];
  const [, names] = /^\/images\/get\?names=([^&]+)/.exec(path) ?? [];
  const wanted = name ?? names;
  if (wanted === undefined) return { status: 404, body: JSON.stringify({ message: 'page not found' }) };
  const found = images.find((image) => isNamed(image, wanted));
  if (found === undefined) return { status: 404, body: JSON.stringify({ message: `No such image: ${wanted}` }) };
  return what === 'json' ? json(inspect(found)) : { status: 200, body: save(found, wanted) };
}

function json(value: unknown): Reply {
  return { status: 200, body: JSON.stringify(value) };
}

function isNamed({ image, repoTags, repoDigests = [] }: DaemonImage, wanted: string): boolean {
  const names = [image.config.digest, image.config.digest.slice(7), ...repoTags, ...repoDigests];
  return names.includes(wanted) || repoTags.includes(`${wanted}:latest`);
}

function summarize(held: DaemonImage): Record<string, unknown> {
  const { Id, RepoTags, RepoDigests } = inspect(held);
  return { Id, RepoTags, RepoDigests, Created: 0, Size: 1, SharedSize: -1, Containers: -1, ParentId: '', Labels: null };
}

function inspect({ image, repoTags, repoDigests = [] }: DaemonImage): Record<string, unknown> {
  const { os, architecture } = image.platform;
  const layers = JSON.parse(image.config.bytes.toString()).rootfs.diff_ids;
  return {
    Id: image.config.digest,
    RepoTags: repoTags,
    RepoDigests: repoDigests,
    Os: os,
    Architecture: architecture,
    RootFS: { Type: 'layers', Layers: layers },
    Config: {},
  };
}

/** An image that is asked for by its id is saved without names. */
function save({ image, repoTags }: DaemonImage, wanted: string): Buffer {
  const isById = image.config.digest.includes(wanted);
  return buildTar(dockerArchiveFiles([{ image, repoTags: isById ? [] : repoTags }]));
}
