import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readErrorTables } from '../../tools/docs/errors.ts';

const root = join(import.meta.dirname, '../..');
const tables = await readErrorTables(root);
const codes = [...tables].flatMap(([room, table]) => Object.keys(table).map((code) => ({ room, code })));
const tests = globSync('{src,test,testkit,tools}/**/*.test.ts', { cwd: root })
  .filter((path) => !path.endsWith('architecture/errors.test.ts'))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

test('there are tables to look at', () => {
  expect(tables.size).toBeGreaterThan(10);
});

test('codes are unique and alike', () => {
  expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  expect(codes.filter(({ code }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code))).toEqual([]);
});

test.each(codes)('a test reaches $code', ({ code }) => {
  expect(new RegExp(`\\b${code}\\b`).test(tests)).toBe(true);
});
