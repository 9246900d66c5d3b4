import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, expect, test } from 'vitest';
import { cruiseOptions, levels, ruleSet } from '../../.dependency-cruiser.config.ts';

const root = join(import.meta.dirname, '../..');
const canary = mkdtempSync(join(root, '.cache-canary-'));

afterAll(() => rmSync(canary, { recursive: true }));

async function cruiseTree(baseDir: string): Promise<ICruiseResult> {
  const result = await cruise(['src'], { ...cruiseOptions, baseDir, ruleSet, validate: true });
  return result.output as ICruiseResult;
}

function violationsOf(result: ICruiseResult): string[] {
  return result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

test('every import of src follows the levels', async () => {
  const result = await cruiseTree(root);
  expect(violationsOf(result)).toEqual([]);
  // A cruiser that cannot read TypeScript reports no violations in no modules.
  expect(result.summary.totalCruised).toBeGreaterThan(50);
});

test('every room has a level', () => {
  const rooms = readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory());
  expect(rooms.filter((room) => !levels.flat().includes(room))).toEqual([]);
});

test('the canary: broken rules are seen', async () => {
  const files: Record<string, string> = {
    'src/core/index.ts': "export { open } from '../disk/index.ts';\n",
    'src/disk/index.ts': "export { readFileSync as open } from 'node:fs';\n",
    'src/disk/inner.ts': 'export const inner: number = 1;\n',
    'src/oci/index.ts': "export { readFileSync } from 'node:fs';\nexport { inner } from '../disk/inner.ts';\n",
    'src/ecosystems/a/index.ts': "export { b } from '../b/index.ts';\n",
    'src/ecosystems/b/index.ts': 'export const b: number = 1;\n',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(canary, path)), { recursive: true });
    writeFileSync(join(canary, path), content);
  }
  const broken = new Set((await cruiseTree(canary)).summary.violations.map(({ rule }) => rule.name));
  expect([...broken].sort()).toEqual(['door', 'level-0-core', 'only-owner-fs', 'siblings-ecosystems']);
});
