import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type PublishedFile, writeJavaDb } from '../../../testkit/java-db.ts';
import { isAppError } from '../../core/index.ts';
import { makeIdentities } from '../identities.ts';
import { openJavaDb } from './open.ts';

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function makeCache(): string {
  const directory = mkdtempSync(join(tmpdir(), 'java-db-'));
  directories.push(directory);
  return directory;
}

function file(group: string, artifact: string, version: string, sha1: string, type?: string): PublishedFile {
  return { group, artifact, version, sha1: sha1.padEnd(40, '0'), ...(type && { type }) };
}

const files: readonly PublishedFile[] = [
  file('org.big', 'x', '1.0', 'a1'),
  file('org.big', 'x', '1.1', 'a2'),
  file('org.big', 'x', '1.2', 'a3'),
  file('com.small', 'x', '1.0', 'b1'),
  file('com.other', 'x', '2.0', 'c1'),
  file('com.also', 'x', '2.0', 'c2'),
  file('com.small', 'y', '1.0', 'd1', 'aar'),
];

async function withSource<T>(use: (source: Awaited<ReturnType<typeof openJavaDb>>['source']) => T): Promise<T> {
  const cache = makeCache();
  writeJavaDb(cache, files);
  const database = await openJavaDb(cache);
  try {
    return use(database.source);
  } finally {
    database.close();
  }
}

test('an archive is found by its content', async () => {
  await withSource((source) => {
    expect(source.findBySha1('A1'.padEnd(40, '0'))).toEqual({ group: 'org.big', artifact: 'x', version: '1.0' });
    expect(source.findBySha1('ff'.padEnd(40, '0'))).toBeUndefined();
    expect(source.findBySha1('')).toBeUndefined();
  });
});

test('an artifact exists in its group only', async () => {
  await withSource((source) => {
    expect(source.hasArtifact('org.big', 'x')).toBe(true);
    expect(source.hasArtifact('org.big', 'y')).toBe(false);
    expect(source.hasArtifact("' OR 1=1 --", 'x')).toBe(false);
  });
});

test.each([
  ['the group with most files', 'x', '1.0', 'org.big'],
  ['the first by name of equal ones', 'x', '2.0', 'com.also'],
  ['no group of another version', 'x', '3.0', undefined],
  ['no group of another kind of file', 'y', '1.0', undefined],
])('a file name leads to %s', async (_, artifact, version, expected) => {
  await withSource((source) => expect(source.findGroup(artifact, version)).toBe(expected));
});

test('the age is what the file beside it says', async () => {
  const cache = makeCache();
  writeJavaDb(cache, []);
  const identities = makeIdentities(cache);
  expect(identities.data).toEqual([]);
  expect((await identities.open('java-db')).notes).toEqual([]);
  expect(identities.data).toEqual([{ name: 'trivy-java-db', updatedAt: '2026-01-01T00:00:00Z' }]);
  identities.close();
});

test.each<[string, (cache: string) => void, string, string]>([
  ['missing', () => undefined, 'ADVISORIES_MISSING', 'data-missing'],
  ['of another schema', (cache) => writeJavaDb(cache, [], 2), 'ADVISORIES_SCHEMA', 'data-unreadable'],
  [
    'no database',
    (cache) => writeFileSync(writeJavaDb(cache, []), 'not SQLite'.repeat(100)),
    'ADVISORIES_JAVA_INVALID',
    'data-unreadable',
  ],
  ['empty', (cache) => writeFileSync(writeJavaDb(cache, []), ''), 'ADVISORIES_JAVA_INVALID', 'data-unreadable'],
])('a database that is %s is refused with a code, and noted', async (_, prepare, code, noted) => {
  const cache = makeCache();
  prepare(cache);
  await expect(openJavaDb(cache)).rejects.toThrowCode(code);
  const opened = await makeIdentities(cache).open('java-db');
  expect(opened).toEqual({
    notes: [expect.objectContaining({ effect: 'incomplete', code: noted, data: { cause: code } })],
  });
});

test('identities nobody knows are none', async () => {
  expect(await makeIdentities(makeCache()).open('other')).toEqual({ notes: [] });
});

test('damage found late is a coded error, never a crash', async () => {
  const cache = makeCache();
  const many = Array.from({ length: 400 }, (_, index) =>
    file(`g${index}`, 'x', '1.0', index.toString(16).padStart(4, '0')),
  );
  const path = writeJavaDb(cache, many);
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0x5a)]));
  const { source, close } = await openJavaDb(cache);
  const ask = (question: () => unknown): void => expect(question).toThrowCode('ADVISORIES_JAVA_INVALID');
  ask(() => source.findBySha1('0001'.padEnd(40, '0')));
  ask(() => source.hasArtifact('g1', 'x'));
  ask(() => source.findGroup('x', '1.0'));
  close();
});

test('every flipped byte of the head is an answer or a coded error', async () => {
  const cache = makeCache();
  const path = writeJavaDb(cache, files);
  const bytes = readFileSync(path);
  for (let at = 0; at < 200; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0xff;
    writeFileSync(path, flipped);
    try {
      const { source, close } = await openJavaDb(cache);
      source.findBySha1('a1'.padEnd(40, '0'));
      close();
    } catch (error) {
      expect(isAppError(error)).toBe(true);
    }
  }
});
