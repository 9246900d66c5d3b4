import { createHash } from 'node:crypto';
import type { Service } from './http/answer.ts';
import { makeKey, type TestKey } from './keys.ts';
import { toCanonicalJson } from './log.ts';

/** A TUF repository with consistent snapshots, all of whose roles one key signs (TUF specification, section 4). */
export interface TestTufRepository {
  /** By path below the repository. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The first root, which a client must be given. */
  readonly root: Buffer;
  /** What signs all roles. */
  readonly key: TestKey;
  /** The repository by HTTP, below this path. */
  service(prefix: string): Service;
}

export interface TufOptions {
  readonly expires?: Date;
  readonly version?: number;
  readonly key?: TestKey;
}

const year = 365 * 24 * 60 * 60_000;

export function makeTufRepository(
  targets: Readonly<Record<string, string>>,
  { expires = new Date(Date.now() + year), version = 1, key = makeKey('ed25519') }: TufOptions = {},
): TestTufRepository {
  const publicKey = {
    keytype: 'ed25519',
    scheme: 'ed25519',
    keyval: { public: key.spki.subarray(-32).toString('hex') },
  };
  const keyid = sha256(Buffer.from(toCanonicalJson(publicKey)));
  const until = expires.toISOString().replace(/\.\d+Z$/, 'Z');
  const signed = (type: string, fields: object): Buffer => {
    const body = { _type: type, spec_version: '1.0.31', version, expires: until, ...fields };
    const sig = key.sign(Buffer.from(toCanonicalJson(body))).toString('hex');
    return Buffer.from(JSON.stringify({ signatures: [{ keyid, sig }], signed: body }));
  };
  const role = { keyids: [keyid], threshold: 1 };
  const roles = { root: role, timestamp: role, snapshot: role, targets: role };
  const root = signed('root', { consistent_snapshot: true, keys: { [keyid]: publicKey }, roles });
  const contents = Object.entries(targets).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  const listed = contents.map(({ name, bytes }) => [name, { length: bytes.length, hashes: { sha256: sha256(bytes) } }]);
  const files = new Map<string, Buffer>([
    [`${version}.root.json`, root],
    ['root.json', root],
    ['timestamp.json', signed('timestamp', { meta: { 'snapshot.json': { version } } })],
    [`${version}.snapshot.json`, signed('snapshot', { meta: { 'targets.json': { version } } })],
    [`${version}.targets.json`, signed('targets', { targets: Object.fromEntries(listed) })],
    ...contents.map(({ name, bytes }): [string, Buffer] => [`targets/${sha256(bytes)}.${name}`, bytes]),
  ]);
  return {
    files,
    root,
    key,
    service:
      (prefix) =>
      ({ url }) => {
        if (!url.pathname.startsWith(prefix)) return undefined;
        const body = files.get(url.pathname.slice(prefix.length));
        // Clients ask for the next root until there is none.
        return body === undefined ? { status: 404 } : { status: 200, body };
      },
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
