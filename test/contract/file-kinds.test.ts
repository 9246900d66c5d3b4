import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../src/core/index.ts';
import type { FindSites } from '../../src/pin/file-kind.ts';
import { fileKinds } from '../../src/pin/registry.ts';
import { pinnedText, withoutPins } from '../../testkit/pin.ts';
import { pinSeeds } from '../../testkit/pin-seeds.ts';

interface Change {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1000),
  remove: fc.integer({ min: 0, max: 3 }),
  insert: fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom(
      '\n',
      '  ',
      '"',
      "'",
      '#',
      ': ',
      '- ',
      '{',
      '}',
      ' # x',
      '\\',
      '&a ',
      '*a',
      '$X',
      '@',
      '\t',
      '//',
      '\r',
    ),
  ),
});

function mutate(text: string, changes: readonly Change[]): string {
  return changes.reduce((result, { at, remove, insert }) => {
    const start = at % (result.length + 1);
    return result.slice(0, start) + insert + result.slice(start + remove);
  }, text);
}

/** The text with pins, or undefined when it was refused in the way that is agreed. */
function tryPin(findSites: FindSites, text: string): string | undefined {
  try {
    return pinnedText(findSites, text);
  } catch (error) {
    if (isAppError(error, 'PIN_FILE_INVALID')) return undefined;
    throw error;
  }
}

test('every folder of kinds is registered, and has a seed', () => {
  const folders = readdirSync(join(import.meta.dirname, '../../src/pin/kinds')).sort();
  expect(fileKinds.all.map(({ id }) => id).sort()).toEqual(folders);
  expect(Object.keys(pinSeeds).sort()).toEqual(folders);
});

test('docs/pin.md has a row for every kind', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/pin.md'), 'utf8').replaceAll(/ +/g, ' ');
  expect(fileKinds.all.filter(({ id, files }) => !page.includes(`| \`${id}\` | ${files} |`))).toEqual([]);
});

const kinds = await Promise.all(
  fileKinds.all.map(async ({ id, load, isOne }) => ({ id, findSites: await load(), seed: pinSeeds[id] ?? '', isOne })),
);

test.each(kinds)('$id: its seed is one, and is pinned at several places', ({ findSites, seed, isOne }) => {
  expect(isOne?.(seed) ?? true).toBe(true);
  expect(findSites(seed, { paths: {} }).filter(({ subject }) => subject.kind !== 'open').length).toBeGreaterThan(1);
});

test.each(kinds)('$id: a file differs only in the references, whatever is in it', ({ findSites, seed }) => {
  const breaks = fc.constantFrom('\n', '\r\n');
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), breaks, (changes, lineBreak) => {
      const text = mutate(seed.replaceAll('\n', lineBreak), changes);
      const pinned = tryPin(findSites, text);
      if (pinned === undefined) return;
      expect(withoutPins(pinned)).toBe(text);
      expect(tryPin(findSites, pinned)).toBe(pinned);
    }),
    { numRuns: 300 },
  );
});

test.each(kinds)('$id: whether a text is one is told at once, whatever it is', ({ isOne }) => {
  for (const part of ['\n', ' ', '- ', 'kind', '"', 'apiVersion', 'jobs']) {
    expect(isOne?.(part.repeat(200_000)) ?? false).toBe(false);
  }
});

test.each(kinds)('$id: a text that was made to keep the reader busy is read in time', ({ findSites }) => {
  for (const part of [
    '\n',
    '"',
    '[',
    '{"a":',
    '{{',
    '#',
    '&a ',
    '*a ',
    '! ',
    '<<A ',
    '\\\n',
    'image: ',
    '- ',
    'FROM ',
  ]) {
    const text = part.repeat(20_000 / part.length);
    const pinned = tryPin(findSites, text);
    if (pinned !== undefined) expect(withoutPins(pinned)).toBe(text);
  }
});

test.each(kinds)('$id: junk is refused or has nothing to pin', ({ findSites }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const pinned = tryPin(findSites, text);
      if (pinned !== undefined) expect(withoutPins(pinned)).toBe(text);
    }),
  );
});
