import { expect, test } from 'vitest';
import { environmentNames } from './names.ts';
import { allOptions, optionGroups } from './registry.ts';
import { removedFlags, trivyFlags, trivyKeys } from './trivy/data.ts';

const duplicates = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) < index);
const flags = allOptions
  .flatMap(({ flag, aliases = [] }) => [flag, ...aliases.map((alias) => alias.flag)])
  .filter(isThere);
const keys = allOptions.flatMap(({ key, aliases = [] }) => [key, ...aliases.map((alias) => alias.key)]).filter(isThere);

function isThere(name: string | undefined): name is string {
  return name !== undefined;
}

test('no two options share a flag, a letter, a key or a variable', () => {
  expect(duplicates(flags)).toEqual([]);
  expect(duplicates(allOptions.map(({ short }) => short).filter(isThere))).toEqual([]);
  expect(duplicates(keys.map((key) => key.toLowerCase()))).toEqual([]);
  expect(duplicates(allOptions.flatMap(environmentNames))).toEqual([]);
  expect(duplicates(optionGroups.map(({ id }) => id))).toEqual([]);
});

test('no key is also the beginning of another, so that a file can hold both', () => {
  expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
});

test('what is said not to exist does not exist', () => {
  const names = [...trivyFlags, ...Object.keys(removedFlags)];
  expect(names.filter((flag) => flags.includes(flag))).toEqual([]);
  expect(trivyKeys.filter((key) => keys.includes(key))).toEqual([]);
});

test.each(allOptions.map((spec) => [spec.key, spec] as const))('%s is well described', (_, spec) => {
  expect(spec.key).toMatch(/^[a-z0-9.-]+$/);
  expect(spec.flag ?? 'x').toMatch(/^[a-z0-9-]+$/);
  expect(spec.short ?? 'x').toMatch(/^[a-z]$/);
  expect(spec.description).toMatch(/^[A-Z].*[^.]$/);
  if (spec.secret || (spec.kind === 'path' && spec.key !== 'ignorefile')) expect(spec.trust).toBe('trusted');
});
