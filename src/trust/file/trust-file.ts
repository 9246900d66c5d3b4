import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { trustError } from '../errors.ts';
import type { Validity } from '../validity.ts';

/** Whom somebody trusts: keys and identities, and the services that vouch for them, each in its time and for its repositories. */
export interface TrustFile {
  readonly keys: readonly FileEntry[];
  readonly identities: readonly IdentityEntry[];
  readonly certificateAuthorities: readonly ServiceEntry[];
  readonly certificateLogs: readonly ServiceEntry[];
  readonly logs: readonly ServiceEntry[];
  readonly timestampAuthorities: readonly ServiceEntry[];
}

/** For what an entry counts. */
export interface Scope {
  /** Everything unless given; see `isInScope`. */
  readonly repositories?: readonly string[];
}

/** What a file in PEM holds: a key, or a chain of certificates. */
export interface FileEntry extends Scope {
  readonly file: string;
  readonly validity: Validity;
}

export interface ServiceEntry extends FileEntry {
  readonly url: string;
  /** The name that a log of version 2 signs with, where it is not the host of its address. */
  readonly origin?: string;
}

export interface IdentityEntry extends Scope {
  readonly name?: { readonly exact?: string; readonly pattern?: string };
  readonly issuer?: { readonly exact?: string; readonly pattern?: string };
}

const maxSize = 4 * 2 ** 20;
const maxEntries = 1000;
const always = new Date(0);

/** Reads a trust file: JSON. @throws KIT_JSON_INVALID, KIT_TEXT_TOO_LONG, TRUST_FILE_INVALID */
export function parseTrustFile(json: Uint8Array | string): TrustFile {
  const fields = new ProtoFields(parseBoundedJson(json, maxSize));
  fields.only('keys', 'identities', 'certificateAuthorities', 'certificateLogs', 'logs', 'timestampAuthorities');
  const services = (name: string, file: 'chain' | 'key', ...more: string[]): ServiceEntry[] =>
    fields.list(name, maxEntries).map((entry) => readService(entry.only(...known, 'url', file, ...more), file));
  return {
    keys: fields.list('keys', maxEntries).map((entry) => readEntry(entry.only(...known, 'key'), 'key')),
    identities: fields.list('identities', maxEntries).map(readIdentity),
    certificateAuthorities: services('certificateAuthorities', 'chain'),
    certificateLogs: services('certificateLogs', 'key'),
    logs: services('logs', 'key', 'origin'),
    timestampAuthorities: services('timestampAuthorities', 'chain'),
  };
}

const known = ['from', 'until', 'repositories'] as const;

function readService(entry: ProtoFields, file: 'chain' | 'key'): ServiceEntry {
  const origin = entry.text('origin');
  return {
    ...readEntry(entry, file),
    url: entry.require('url', entry.text('url')),
    ...(origin !== undefined && { origin }),
  };
}

function readEntry(entry: ProtoFields, file: 'chain' | 'key'): FileEntry {
  const [start = always, end] = [entry.time('from'), entry.time('until')];
  return {
    ...readScope(entry),
    file: entry.require(file, entry.text(file)),
    validity: { start, ...(end !== undefined && { end }) },
  };
}

function readIdentity(entry: ProtoFields): IdentityEntry {
  entry.only('repositories', 'name', 'namePattern', 'issuer', 'issuerPattern');
  const name = matchOf(entry.text('name'), entry.text('namePattern'));
  const issuer = matchOf(entry.text('issuer'), entry.text('issuerPattern'));
  if (name === undefined || issuer === undefined) {
    throw trustError('TRUST_FILE_INVALID', { data: { reason: 'an identity needs a name and an issuer' } });
  }
  return { ...readScope(entry), name, issuer };
}

function matchOf(exact: string | undefined, pattern: string | undefined): IdentityEntry['name'] {
  if (exact === undefined && pattern === undefined) return undefined;
  return { ...(exact !== undefined && { exact }), ...(pattern !== undefined && { pattern }) };
}

function readScope(entry: ProtoFields): Scope {
  const given = entry.raw('repositories');
  if (given === undefined || given === null) return {};
  if (!Array.isArray(given) || given.length === 0 || !given.every((one) => typeof one === 'string' && one !== '')) {
    throw trustError('TRUST_FILE_INVALID', { data: { reason: `${entry.at('repositories')} is no list of names` } });
  }
  return { repositories: given };
}

/**
 * Whether an entry counts for a repository such as `ghcr.io/org/app`: `*` stands for any text in a part of its name, and `**` at
 * the end for any further parts. Without a repository, only entries for everything count.
 */
export function isInScope({ repositories }: Scope, repository: string | undefined): boolean {
  if (repositories === undefined) return true;
  return repository !== undefined && repositories.some((pattern) => matches(pattern.split('/'), repository.split('/')));
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === '**';
  const wanted = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? parts.length <= wanted.length : parts.length !== wanted.length) return false;
  return wanted.every((part, index) => matchesPart(part, parts[index] ?? ''));
}

function matchesPart(pattern: string, part: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return pattern === part;
  if (part.length < start.length + end.length || !part.startsWith(start) || !part.endsWith(end)) return false;
  let at = start.length;
  for (const middle of rest) {
    const found = part.indexOf(middle, at);
    if (found < 0 || found + middle.length > part.length - end.length) return false;
    at = found + middle.length;
  }
  return true;
}
