import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAppError } from '../../src/core/index.ts';
import type { ParsePolicies } from '../../src/policy/dialect.ts';
import type { Json } from '../../src/policy/model/json.ts';
import type { Policy } from '../../src/policy/model/policy.ts';
import { dialects } from '../../src/policy/registry.ts';
import { damagedFiles } from '../../testkit/damage.ts';
import { judgeBy, judgeWith, podOf, readPolicies } from '../../testkit/policy.ts';
import { policySeeds } from '../../testkit/policy-seeds.ts';

const junk: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e9,
  '',
  '*',
  '{{ x }}',
  '\u0000',
  [],
  {},
  [[]],
  ['__proto__'],
  { a: {} },
];
const pod = podOf(['ghcr.io/org/app:1'], { labels: { app: 'web' } });
const textOf = (documents: readonly unknown[]): string =>
  documents.map((document) => JSON.stringify(document)).join('\n---\n');

/** The documents with each value in turn replaced. */
function* withJunk(value: unknown, replace: (value: unknown) => unknown): Generator<unknown, void, undefined> {
  for (const item of junk) yield replace(item);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const put = (other: unknown): unknown =>
      Array.isArray(value) ? value.map((own, at) => (String(at) === key ? other : own)) : { ...value, [key]: other };
    yield* withJunk(item, (other) => replace(put(other)));
  }
}

/** A coded error is an answer, and so is a decision; anything else is not. */
async function judgeDamaged(read: () => Promise<readonly Policy[]>): Promise<void> {
  try {
    await judgeWith(await read(), { object: pod });
  } catch (error) {
    if (!isAppError(error) || error.code === 'POLICY_UNSETTLED') throw error;
  }
}

test('every dialect has its folder, its registry line and a seed', () => {
  const folders = readdirSync(join(import.meta.dirname, '../../src/policy/dialects'));
  expect(dialects.all.map(({ id }) => id).sort()).toEqual(folders.sort());
  expect(Object.keys(policySeeds).sort()).toEqual(folders.sort());
});

const seeds = Object.entries(policySeeds).map(([id, documents]) => ({ id, documents }));

test.each(seeds)('$id: sound documents are of the dialect, and deny what nobody signed', async ({ id, documents }) => {
  for (const document of documents) {
    const found = dialects.all.filter(({ recognizes }) => recognizes(document as never));
    expect(found.map((dialect) => dialect.id)).toEqual([id]);
  }
  expect((await judgeBy(textOf(documents), { object: pod })).allowed).toBe(false);
  const policies = await readPolicies(textOf(documents));
  expect(policies.every(({ name }) => name.dialect === id)).toBe(true);
});

test.each(seeds)(
  '$id: junk in place of any value is refused or judged, and never a crash',
  { timeout: 120_000 },
  async ({ id, documents }) => {
    const parse: ParsePolicies = (await dialects.get(id)?.load()) ?? expect.fail('there is no such dialect');
    let count = 0;
    for (const [at, document] of documents.entries()) {
      for (const other of withJunk(document, (value) => value)) {
        count++;
        await judgeDamaged(async () => parse(documents.with(at, other as object) as never, () => false));
      }
    }
    expect(count).toBeGreaterThan(200);
  },
);

test.each(seeds)('$id: damaged files are refused or judged, and never a crash', async ({ documents }) => {
  for (const { bytes } of damagedFiles(Buffer.from(textOf(documents))))
    await judgeDamaged(() => readPolicies(bytes.toString('utf8')));
});

test.each(seeds)('$id: objects with junk in any place are judged', async ({ documents }) => {
  const policies = await readPolicies(textOf(documents));
  for (const object of withJunk(pod, (value) => value)) {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) continue;
    const { allowed, patches } = await judgeWith(policies, { object: object as never });
    // Whatever still names an image was signed by nobody.
    expect(allowed && patches.length > 0).toBe(false);
  }
});

test('a file that nests or repeats without end is refused', async () => {
  const bomb = Array.from({ length: 12 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i},`.repeat(10)}]`).join('\n');
  for (const text of [`${'['.repeat(100_000)}`, `k0: &k0 {a: b}\n${bomb}`, `a: ${'{a: '.repeat(5000)}`]) {
    await expect(readPolicies(text)).rejects.toThrowCode('POLICY_FILE_INVALID');
  }
});
