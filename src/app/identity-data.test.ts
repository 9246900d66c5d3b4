import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { writeJavaDb } from '../../testkit/java-db.ts';
import { AppError } from '../core/index.ts';
import type { DataOptions } from './advisory-data.ts';
import { type AppContext, makeContext } from './context.ts';
import { openIdentityData } from './identity-data.ts';

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

const sha1 = 'a1'.padEnd(40, '0');

/** A context whose registry cannot be reached; `asked` counts who tried. */
function makeUnreachable(withDatabase: boolean): { context: AppContext; asked: () => number } {
  const cacheDir = mkdtempSync(join(tmpdir(), 'identity-data-'));
  directories.push(cacheDir);
  if (withDatabase) writeJavaDb(cacheDir, [{ group: 'g', artifact: 'x', version: '1.0', sha1 }]);
  let asked = 0;
  const registry = async (): Promise<never> => {
    asked++;
    throw new AppError('NET_UNREACHABLE', { message: 'nobody answers', hint: '' });
  };
  return { context: { ...makeContext({ cacheDir }), registry }, asked: () => asked };
}

async function notesOf(options: DataOptions, withDatabase: boolean): Promise<{ notes: string[]; asked: number }> {
  const { context, asked } = makeUnreachable(withDatabase);
  const identities = openIdentityData({ javaRepositories: ['localhost:1/java'], ...options }, context);
  expect(asked()).toBe(0);
  const { source, notes } = await identities.open('java-db');
  expect(source?.findBySha1(sha1)?.group).toBe(withDatabase ? 'g' : undefined);
  expect(identities.data).toHaveLength(withDatabase ? 1 : 0);
  identities.close();
  return { notes: notes.map(({ effect, code }) => `${effect} ${code}`), asked: asked() };
}

test.each<[string, DataOptions, boolean, readonly string[], number]>([
  ['an old database is used when it cannot be updated', {}, true, ['note data-stale'], 1],
  ['without any the result is incomplete', {}, false, ['note data-stale', 'incomplete data-missing'], 1],
  ['nobody is asked when the update is skipped', { skipJavaUpdate: true }, true, [], 0],
  ['nobody is asked, and none is there', { skipJavaUpdate: true }, false, ['incomplete data-missing'], 0],
])('%s', async (_, options, withDatabase, notes, asked) => {
  expect(await notesOf(options, withDatabase)).toEqual({ notes, asked });
});

test('other identities than the Java database are never downloaded', async () => {
  const { context, asked } = makeUnreachable(false);
  expect(await openIdentityData({}, context).open('other')).toEqual({ notes: [] });
  expect(asked()).toBe(0);
});
