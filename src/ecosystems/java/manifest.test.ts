import { expect, test } from 'vitest';
import { parseManifest } from './manifest.ts';

function parse(...lines: readonly string[]): ReturnType<typeof parseManifest> {
  return parseManifest(Buffer.from(`${lines.join('\r\n')}\r\n`));
}

test.each<[string, readonly string[], object | undefined]>([
  [
    'implementation fields first',
    [
      'Implementation-Vendor-Id: org.example',
      'Implementation-Title: core',
      'Implementation-Version: 1.0',
      'Specification-Title: Spec',
      'Bundle-SymbolicName: com.example.other',
      'Bundle-Version: 9',
    ],
    { group: 'org.example', artifact: 'core', version: '1.0' },
  ],
  [
    'a bundle',
    ['Bundle-SymbolicName: com.example.core.databind', 'Bundle-Name: databind', 'Bundle-Version: 2.9.10'],
    { group: 'com.example.core', artifact: 'databind', version: '2.9.10' },
  ],
  [
    'a bundle without dots',
    ['Bundle-SymbolicName: checker', 'Bundle-Name: checker', 'Bundle-Version: 3'],
    { group: 'checker', artifact: 'checker', version: '3' },
  ],
  [
    'vendors last',
    ['Specification-Vendor: Someone', 'Specification-Title: spec', 'Specification-Version: 2'],
    { group: 'Someone', artifact: 'spec', version: '2' },
  ],
  ['no version', ['Implementation-Vendor: a', 'Implementation-Title: b'], undefined],
  ['a translated value', ['Bundle-SymbolicName: a.b', 'Bundle-Name: %name', 'Bundle-Version: 1'], undefined],
  [
    'a value without space',
    ['Implementation-Vendor: a', 'Implementation-Title:b', 'Implementation-Version: 1'],
    undefined,
  ],
])('%s make coordinates', (_, lines, coordinates) => {
  expect(parse('Manifest-Version: 1.0', ...lines).coordinates).toEqual(coordinates);
});

test('a value goes on in lines that begin with a space', () => {
  expect(parse('Bundle-License: https://example.org/very/lo', ' ng/lic', ' ense').bundleLicense).toBe(
    'https://example.org/very/long/license',
  );
});

test('sections after the first empty line describe parts, not the archive', () => {
  expect(parse('Manifest-Version: 1.0', '', 'Name: a/', 'Bundle-License: MIT')).toEqual({ pluginLicenses: [] });
});

test('licence names of a plugin are gathered, numbered or not', () => {
  const { pluginLicenses } = parse(
    'Plugin-License-Name: MIT',
    'Plugin-License-Name-2: Apache-2.0',
    'Plugin-License-Url: x',
  );
  expect(pluginLicenses).toEqual(['MIT', 'Apache-2.0']);
});

test.each(['\n', '\r\n', '\r'])('lines may end in %j', (end) => {
  const text = ['Implementation-Vendor: a', 'Implementation-Title: b', 'Implementation-Version: 1'].join(end);
  expect(parseManifest(Buffer.from(text)).coordinates).toEqual({ group: 'a', artifact: 'b', version: '1' });
});

test('rubbish is an empty manifest', () => {
  expect(parseManifest(Buffer.from([0, 255, 10, 10, 32]))).toEqual({ pluginLicenses: [] });
  expect(parseManifest(Buffer.alloc(0))).toEqual({ pluginLicenses: [] });
});
