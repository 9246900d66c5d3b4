import type { Fetch, HttpRequest, HttpResponse } from '../../core/index.ts';
import { drain, followRedirects, isLoopback, readWholeBody } from '../../net/index.ts';
import { pinError } from '../errors.ts';
import { delimiterPacket, flushPacket, readPackets, toPacket } from './packet.ts';

export interface RevisionRequest {
  /** For example `https://github.com`. */
  readonly gitUrl: string;
  /** `owner/repository`. */
  readonly repository: string;
  /** Tags or branches. */
  readonly names: readonly string[];
  /** Sent only to a server that asks for a login. */
  readonly token?: string;
}

const maxAnswer = 32 * 2 ** 20;
const maxRedirects = 5;

/**
 * The commits of tags and branches, as `git ls-remote` lists them; a tag counts before a branch, an annotated tag is the
 * commit that it names (gitprotocol-v2 "ls-refs" over gitprotocol-http; servers without it list everything).
 * @throws PIN_GIT_FAILED, NET_*
 */
export async function listRevisions(
  request: RevisionRequest,
  fetch: Fetch,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const session = new Session(request, fetch, signal);
  const advertised = await session.send('GET', 'info/refs?service=git-upload-pack');
  const refs = advertised.includes('version 2')
    ? parseRefs(await session.send('POST', 'git-upload-pack', listCommand(request.names)))
    : parseAdvertisement(advertised);
  return new Map(
    request.names.flatMap((name) => {
      const commit = refs.get(`refs/tags/${name}`) ?? refs.get(`refs/heads/${name}`);
      return commit === undefined ? [] : [[name, commit] as const];
    }),
  );
}

class Session {
  readonly #request: RevisionRequest;
  readonly #fetch: Fetch;
  readonly #signal: AbortSignal | undefined;
  #base: URL;
  #authorization: string | undefined;
  /** A token goes over TLS or stays on this machine, and never to another host that answers. */
  #mayLogIn: boolean;

  constructor(request: RevisionRequest, fetch: Fetch, signal: AbortSignal | undefined) {
    this.#request = request;
    this.#fetch = fetch;
    this.#signal = signal;
    this.#base = new URL(`${request.gitUrl.replace(/\/+$/, '')}/${request.repository}.git/`);
    this.#mayLogIn = this.#base.protocol === 'https:' || isLoopback(this.#base.hostname);
  }

  async send(method: 'GET' | 'POST', path: string, body?: string): Promise<string[]> {
    let response = await this.#exchange(method, path, body);
    const { token } = this.#request;
    if (response.status === 401 && this.#authorization === undefined && token !== undefined && this.#mayLogIn) {
      await drain(response);
      const login = Buffer.from(`x-access-token:${token}`).toString('base64');
      this.#authorization = `Basic ${login}`;
      response = await this.#exchange(method, path, body);
    }
    if (response.status !== 200) {
      await drain(response);
      throw this.#fail(`the server answered with status ${response.status}`);
    }
    const lines = readPackets(await readWholeBody(response, this.#base.host, maxAnswer));
    return lines ?? this.#reject('what it answered is not the protocol of git');
  }

  async #exchange(method: 'GET' | 'POST', path: string, body: string | undefined): Promise<HttpResponse> {
    const request: HttpRequest = {
      method,
      url: new URL(path, this.#base),
      headers: {
        'git-protocol': 'version=2',
        ...(body !== undefined && {
          'content-type': 'application/x-git-upload-pack-request',
          accept: 'application/x-git-upload-pack-result',
        }),
        ...(this.#authorization !== undefined && { authorization: this.#authorization }),
      },
      ...(body !== undefined && { body: Buffer.from(body) }),
      ...(this.#signal !== undefined && { signal: this.#signal }),
    };
    if (method === 'POST') return this.#fetch(request);
    const { response, url } = await followRedirects(this.#fetch, request, { limit: maxRedirects });
    // A repository that was renamed answers from its new place, and only there to what is posted.
    if (url.origin !== this.#base.origin) {
      this.#mayLogIn = false;
      this.#authorization = undefined;
    }
    this.#base = new URL('../', url);
    return response;
  }

  #fail(reason: string): Error {
    return pinError('PIN_GIT_FAILED', { data: { repository: this.#request.repository, reason } });
  }

  #reject(reason: string): never {
    throw this.#fail(reason);
  }
}

function listCommand(names: readonly string[]): string {
  const prefixes = names.flatMap((name) => [`refs/tags/${name}`, `refs/heads/${name}`]);
  return [
    toPacket('command=ls-refs\n'),
    delimiterPacket,
    toPacket('peel\n'),
    ...prefixes.map((prefix) => toPacket(`ref-prefix ${prefix}\n`)),
    flushPacket,
  ].join('');
}

/** `OID REF [peeled:OID]`. */
function parseRefs(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line) => {
      const found = /^([0-9a-f]{40,64}) (\S+)(?:.* peeled:([0-9a-f]{40,64}))?/.exec(line);
      return found === null ? [] : [[found[2] ?? '', found[3] ?? found[1] ?? ''] as const];
    }),
  );
}

/** `OID REF`, with `REF^{}` behind a tag for what it names (gitprotocol-pack, "Reference Discovery"). */
function parseAdvertisement(lines: readonly string[]): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  for (const line of lines) {
    const found = /^([0-9a-f]{40,64}) ([^\s\0]+)/.exec(line);
    if (found !== null) refs.set((found[2] ?? '').replace(/\^\{\}$/, ''), found[1] ?? '');
  }
  return refs;
}
