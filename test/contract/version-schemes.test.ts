import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../src/core/index.ts';
import type { VersionOrder } from '../../src/versions/index.ts';
import { versionSchemes } from '../../src/versions/registry.ts';

const folder = join(import.meta.dirname, '../../src/versions');

test('every folder is a registered scheme of the same name', () => {
  const folders = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  expect(versionSchemes.all.map(({ id }) => id).sort()).toEqual(folders.sort());
});

const number = fc.oneof(fc.nat({ max: 3 }).map(String), fc.constantFrom('00', '01', '010', '99999999999999999999'));
const word = fc.constantFrom(
  'alpha',
  'beta',
  'rc',
  'dev',
  'post',
  'sp',
  'final',
  'p',
  'a',
  'b',
  'el9',
  'git',
  'SNAPSHOT',
);
const separator = fc.constantFrom('', '.', '-', '_', '~', '^', '+', '-r', '.rc');
const ending = fc.array(fc.tuple(separator, fc.oneof(number, word)), { maxLength: 4 });

/** Texts of which each scheme can read many. */
const versionText = fc
  .tuple(fc.constantFrom('', '', '', 'v', '1:', '0:', '1!'), fc.array(number, { minLength: 1, maxLength: 4 }), ending)
  .map(([prefix, numbers, parts]) => `${prefix}${numbers.join('.')}${parts.map((part) => part.join('')).join('')}`);

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc
    .array(fc.oneof(versionText, fc.constantFrom('||', ',', ' ', '<', '>=', '[', ')', '*', '.*', '!=', '~', '${')), {
      maxLength: 9,
    })
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '.'.repeat(600),
    '-'.repeat(512),
    '~'.repeat(500),
    'a1'.repeat(250),
    '1-'.repeat(250),
    '>='.repeat(5000),
    `[${','.repeat(3000)}`,
    ' '.repeat(60_000),
  ),
);

function isReadable(order: VersionOrder, text: string): boolean {
  try {
    return order.compare(text, text) === 0;
  } catch {
    return false;
  }
}

/** Undefined when a coded error of the room was thrown; any other error goes on. */
function orError<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (isAppError(error) && error.code.startsWith('VERSION_')) return undefined;
    throw error;
  }
}

describe.each(versionSchemes.all)('$id', ({ load }) => {
  test('reads enough of the generated versions for the other tests to mean something', async () => {
    const order = await load();
    const sample = fc.sample(versionText, { numRuns: 500, seed: 1 });
    expect(sample.filter((text) => isReadable(order, text)).length).toBeGreaterThan(10);
  });

  test('is a total order', async () => {
    const order = await load();
    const version = versionText.filter((text) => isReadable(order, text));
    const property = fc.property(version, version, version, (a, b, c) => {
      expect(order.compare(a, a)).toBe(0);
      expect(Math.sign(order.compare(a, b)) + Math.sign(order.compare(b, a))).toBe(0);
      const [low, middle, high] = [a, b, c].sort((x, y) => order.compare(x, y)) as [string, string, string];
      expect(order.compare(low, middle)).toBeLessThanOrEqual(0);
      expect(order.compare(middle, high)).toBeLessThanOrEqual(0);
      expect(order.compare(low, high)).toBeLessThanOrEqual(0);
      if (order.compare(a, b) === 0) expect(Math.sign(order.compare(a, c))).toBe(Math.sign(order.compare(b, c)));
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('a version is in the ranges that its comparisons say', async () => {
    const order = await load();
    const release = fc
      .array(number, { minLength: 3, maxLength: 3 })
      .map((numbers) => numbers.join('.'))
      .filter((text) => isReadable(order, text));
    const property = fc.property(release, release, (a, b) => {
      const sign = Math.sign(order.compare(a, b));
      expect(order.satisfies(a, `<${b}`)).toBe(sign < 0);
      expect(order.satisfies(a, `>= ${b}`)).toBe(sign >= 0);
      expect(order.satisfies(a, `>${b}, <=${b} || =${b}`)).toBe(sign === 0);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('junk is a coded error or an answer', async () => {
    const order = await load();
    const property = fc.property(junk, junk, (a, b) => {
      expect(['number', 'undefined']).toContain(typeof orError(() => order.compare(a, b)));
      expect(['boolean', 'undefined']).toContain(typeof orError(() => order.satisfies('1.2.3', a)));
      expect(['boolean', 'undefined']).toContain(typeof orError(() => order.satisfies(a, b)));
    });
    fc.assert(property, { numRuns: 500 });
  });
});
