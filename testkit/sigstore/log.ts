import { createHash } from 'node:crypto';
import type { LogEntry } from '../../src/envelope/index.ts';
import { makeKey, type TestKey, type TestKeyKind } from './keys.ts';

/** A transparency log with a Merkle tree (RFC 6962 section 2.1), as Rekor 1 or 2. */
export interface TestLog {
  readonly key: TestKey;
  readonly id: Buffer;
  readonly url: string;
  readonly kind: TestKeyKind;
  /** Adds a body and answers with everything that a client keeps. */
  append(body: object, at: Date): LogEntry;
}

export interface LogOptions {
  readonly url: string;
  /** Rekor 1 makes promises with a time, Rekor 2 only proofs. */
  readonly version: 1 | 2;
  readonly keyKind?: TestKeyKind;
  /** A new one unless given. */
  readonly key?: TestKey;
  /** Lines of witnesses, for example. */
  readonly extraSignatures?: readonly string[];
}

const treeId = '1193050959916656506';
/** Entries of an older shard: the index of an entry and the one in its tree differ in Rekor 1. */
const shardOffset = 1000;

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
export const leafHash = (body: Uint8Array): Buffer => sha256(Buffer.from([0]), body);
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.from([1]), left, right);

export function makeLog(options: LogOptions): TestLog {
  const { url, version, keyKind = version === 1 ? 'ecdsa-p256' : 'ed25519' } = options;
  const key = options.key ?? makeKey(keyKind);
  const { hostname } = new URL(url);
  const id = logIdOf(key, hostname);
  const origin = version === 1 ? `${hostname} - ${treeId}` : hostname;
  const leaves: Buffer[] = [leafHash(Buffer.from('an entry of someone else')), leafHash(Buffer.from('another'))];
  return {
    key,
    id,
    url,
    kind: keyKind,
    append(content, at) {
      const body = Buffer.from(toCanonicalJson(content));
      const index = leaves.push(leafHash(body)) - 1;
      // One more, so that proofs have two sides.
      if (index % 3 === 0) leaves.push(leafHash(Buffer.from(`neighbour ${index}`)));
      const rootHash = treeHash(leaves);
      const { kind, apiVersion } = content as { kind: string; apiVersion: string };
      const text = `${origin}\n${leaves.length}\n${rootHash.toString('base64')}\n`;
      const signature = Buffer.concat([id.subarray(0, 4), key.sign(Buffer.from(text))]).toString('base64');
      const lines = [`\u2014 ${hostname} ${signature}`, ...(options.extraSignatures ?? [])];
      const logIndex = version === 1 ? index + shardOffset : index;
      const entry = {
        logIndex,
        logId: id,
        kind,
        version: apiVersion,
        body,
        proof: {
          logIndex: index,
          treeSize: leaves.length,
          rootHash,
          hashes: proofOf(leaves, index),
          checkpoint: `${text}\n${lines.join('\n')}\n`,
        },
      };
      if (version === 2) return entry;
      const integratedTime = Math.floor(at.getTime() / 1000);
      return { ...entry, integratedTime, promise: key.sign(promiseText(body, integratedTime, id, logIndex)) };
    },
  };
}

/** What a promise (SET) of Rekor 1 is a signature of. */
export function promiseText(body: Buffer, integratedTime: number, id: Buffer, logIndex: number): Buffer {
  const fields = { body: body.toString('base64'), integratedTime, logID: id.toString('hex'), logIndex };
  return Buffer.from(JSON.stringify(fields));
}

function logIdOf(key: TestKey, origin: string): Buffer {
  if (key.kind !== 'ed25519') return sha256(key.spki);
  return sha256(Buffer.from(`${origin}\n`), Buffer.from([1]), key.spki.subarray(-32));
}

export function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return only;
  const half = largestPowerBelow(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

function proofOf(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return [];
  const half = largestPowerBelow(leaves.length);
  return index < half
    ? [...proofOf(leaves.slice(0, half), index), treeHash(leaves.slice(half))]
    : [...proofOf(leaves.slice(half), index - half), treeHash(leaves.slice(0, half))];
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** JSON with sorted keys and no spaces (RFC 8785, for the values that logs have). */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${toCanonicalJson(item)}`).join(',')}}`;
}
