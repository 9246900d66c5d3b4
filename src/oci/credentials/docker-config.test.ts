import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../testkit/context.ts';
import { lookupKeys, normalKey, readDockerConfig } from './docker-config.ts';

function fileOf(content: string): string {
  const path = join(temporaryDirectory(), 'config.json');
  writeFileSync(path, content);
  return path;
}

test.each(['{', '[]', '{"auths":{"r.test":{"auth":"bm8gY29sb24="}}}'])('%s is a coded error', async (content) => {
  await expect(readDockerConfig(fileOf(content))).rejects.toThrowCode('OCI_CREDENTIALS_INVALID');
});

test('no file is no configuration', async () => {
  expect(await readDockerConfig(join(temporaryDirectory(), 'none'))).toBeUndefined();
});

test('a place is looked up from its full path to its host', () => {
  expect(lookupKeys('r.test:5000', 'a/b')).toEqual(['r.test:5000/a/b', 'r.test:5000/a', 'r.test:5000']);
});

test.each([
  ['https://index.docker.io/v1/', 'index.docker.io'],
  ['http://r.test:5000/v2', 'r.test:5000'],
  ['r.test/org/', 'r.test/org'],
])('the key %s is %s', (key, expected) => {
  expect(normalKey(key)).toBe(expected);
});
