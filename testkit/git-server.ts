import { startHttp } from './server.ts';

export interface GitRepository {
  /** Commits by full name of the reference. */
  readonly refs: Readonly<Record<string, string>>;
  /** Commits that annotated tags name. */
  readonly peeled?: Readonly<Record<string, string>>;
}

export interface GitServerOptions {
  /** Protocol version that it speaks; 2 unless said otherwise. */
  readonly version?: 1 | 2;
  /** Without this token it answers 401. */
  readonly token?: string;
}

export interface GitServer {
  readonly url: string;
  /** `METHOD path` of each request. */
  readonly seen: string[];
}

const flush = '0000';

/** Serves the references of repositories by git's smart protocol over HTTP; fetching is not there. */
export async function startGitServer(
  repositories: Readonly<Record<string, GitRepository>>,
  { version = 2, token }: GitServerOptions = {},
): Promise<GitServer> {
  const seen: string[] = [];
  const login = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const host = await startHttp((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    seen.push(`${incoming.method} ${url.pathname}`);
    const found = /^\/(.+)\.git\/(info\/refs|git-upload-pack)$/.exec(url.pathname);
    const repository = repositories[found?.[1] ?? ''];
    if (token !== undefined && incoming.headers.authorization !== login) {
      return outgoing.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    }
    if (repository === undefined) return outgoing.writeHead(404).end();
    const isNew = version === 2 && incoming.headers['git-protocol'] === 'version=2';
    const kind = found?.[2] === 'info/refs' ? 'advertisement' : 'result';
    outgoing.setHeader('content-type', `application/x-git-upload-pack-${kind}`);
    if (kind === 'advertisement') return outgoing.end(isNew ? capabilities() : advertisement(repository));
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    return incoming.on('end', () => outgoing.end(listed(repository, Buffer.concat(parts).toString())));
  });
  return { url: `http://${host}`, seen };
}

function packet(line: string): string {
  return (Buffer.byteLength(line) + 4).toString(16).padStart(4, '0') + line;
}

function capabilities(): string {
  const lines = ['version 2\n', 'agent=git/test\n', 'ls-refs=unborn\n', 'object-format=sha1\n'];
  return packet('# service=git-upload-pack\n') + flush + lines.map(packet).join('') + flush;
}

function listed({ refs, peeled = {} }: GitRepository, request: string): string {
  const prefixes = [...request.matchAll(/ref-prefix (\S+)\n/g)].map(([, prefix]) => prefix ?? '');
  const lines = Object.entries(refs)
    .filter(([name]) => prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix)))
    .map(([name, id]) => `${id} ${name}${peeled[name] === undefined ? '' : ` peeled:${peeled[name]}`}\n`);
  return lines.map(packet).join('') + flush;
}

function advertisement({ refs, peeled = {} }: GitRepository): string {
  const lines = Object.entries(refs).flatMap(([name, id], index) => [
    `${id} ${name}${index === 0 ? '\0multi_ack side-band-64k' : ''}\n`,
    ...(peeled[name] === undefined ? [] : [`${peeled[name]} ${name}^{}\n`]),
  ]);
  return packet('# service=git-upload-pack\n') + flush + lines.map(packet).join('') + flush;
}
