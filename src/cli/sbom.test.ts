import { expect, test } from 'vitest';
import { makeHost } from '../../testkit/host.ts';
import { openSbom } from './sbom.ts';

const host = makeHost([], {
  workingDirectory: '/project',
  stdin: async function* () {
    yield Buffer.from('{"a":');
    yield Buffer.from('1}');
  },
});

test('an image in a registry has a word before its name', async () => {
  const image = 'registry.example.com/app:1';
  expect(await openSbom(`registry:${image}`, { host })).toEqual({ kind: 'attached', name: `registry:${image}`, image });
});

test('a file is named as the user did, and found from the working directory', async () => {
  expect(await openSbom('a/sbom.json', { host })).toEqual({
    kind: 'file',
    name: 'a/sbom.json',
    path: '/project/a/sbom.json',
  });
});

test('a dash stands for the standard input, which has a limit', async () => {
  expect(await openSbom('-', { host })).toEqual({ kind: 'bytes', name: '-', bytes: Buffer.from('{"a":1}') });
  await expect(openSbom('-', { host }, 6)).rejects.toThrowCode('CLI_INPUT_TOO_LARGE');
});
