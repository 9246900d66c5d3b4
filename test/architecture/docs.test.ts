import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the reference documents are what the descriptors say', () => {
  const generator = join(import.meta.dirname, '../../tools/docs/generate.ts');
  const { status, stderr } = spawnSync(process.execPath, [generator, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('the script and style of the HTML report are what their sources say', () => {
  const generator = join(import.meta.dirname, '../../tools/html/generate.ts');
  const { status, stderr } = spawnSync(process.execPath, [generator, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
