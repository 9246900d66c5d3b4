import fc from 'fast-check';
import { PackageURL } from 'packageurl-js';
import { describe, expect, test } from 'vitest';
import { formatPackageUrl, type PackageUrl, parsePackageUrl } from './package-url.ts';

const cases: readonly (readonly [PackageUrl, string])[] = [
  [{ type: 'npm', name: 'lodash', version: '4.17.21' }, 'pkg:npm/lodash@4.17.21'],
  [{ type: 'npm', namespace: '@babel', name: 'core', version: '7.0.0' }, 'pkg:npm/%40babel/core@7.0.0'],
  [
    {
      type: 'deb',
      namespace: 'debian',
      name: 'libstdc++6',
      version: '12.2.0-14+deb12u1',
      qualifiers: { distro: 'debian-12', arch: 'amd64' },
    },
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12',
  ],
  [{ type: 'deb', name: 'a', version: '1:2~rc1' }, 'pkg:deb/a@1:2~rc1'],
  [
    { type: 'golang', namespace: 'github.com/org', name: 'mod', version: 'v1.0.0', subpath: 'a b/c' },
    'pkg:golang/github.com/org/mod@v1.0.0#a%20b/c',
  ],
  [
    { type: 'rpm', name: 'x', qualifiers: { epoch: '', arch: undefined, modularitylabel: 'a:b' } },
    'pkg:rpm/x?modularitylabel=a:b',
  ],
  [{ type: 'generic', name: "o'(d)d!*" }, 'pkg:generic/o%27%28d%29d%21%2A'],
  [{ type: 'generic', name: 'ü/&=?#@%' }, 'pkg:generic/%C3%BC%2F%26%3D%3F%23%40%25'],
];

test.each(cases)('%j', (purl, expected) => {
  expect(formatPackageUrl(purl)).toBe(expected);
});

describe('reading', () => {
  test.each(cases)('%j comes back', ({ qualifiers = {}, ...purl }, text) => {
    const stated = Object.entries(qualifiers).filter(([, value]) => value);
    const expected = { ...purl, ...(stated.length > 0 && { qualifiers: Object.fromEntries(stated) }) };
    expect(parsePackageUrl(text)).toEqual(expected);
  });

  test.each<[string, PackageUrl | undefined]>([
    ['pkg:npm/@hapi/hoek@9', { type: 'npm', namespace: '@hapi', name: 'hoek', version: '9' }],
    ['pkg:npm/@hapi/hoek', { type: 'npm', namespace: '@hapi', name: 'hoek' }],
    ['PKG:NPM/A', { type: 'npm', name: 'A' }],
    ['pkg://npm//a/', { type: 'npm', name: 'a' }],
    ['pkg:npm/a@', { type: 'npm', name: 'a' }],
    ['pkg:npm/a?X=1&y=&z&=2&w=a=b', { type: 'npm', name: 'a', qualifiers: { x: '1', w: 'a=b' } }],
    ['pkg:golang/a/b@1#./c/../d', { type: 'golang', namespace: 'a', name: 'b', version: '1', subpath: 'c/d' }],
    ['pkg:generic/100%', { type: 'generic', name: '100%' }],
    ['pkg:npm', undefined],
    ['pkg:/a', undefined],
    ['pkg:', undefined],
    ['npm/a', undefined],
    ['', undefined],
    ['pkg:n m/a', undefined],
  ])('%s is %j', (text, expected) => {
    expect(parsePackageUrl(text)).toEqual(expected);
  });

  test('the library of the field reads the same, but for what it makes of types', () => {
    const parts = fc.record(
      {
        namespace: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), { maxLength: 3 }),
        name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }),
        version: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }),
        qualifiers: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.string({ unit: 'grapheme', minLength: 1 })),
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(parts, ({ namespace = [], ...rest }) => {
        const spaced = [...namespace, rest.name, rest.version ?? 'x', ...Object.values(rest.qualifiers ?? {})];
        fc.pre(spaced.every((text) => text === text.trim() && !text.includes('/')));
        // The library unescapes the values of qualifiers twice.
        fc.pre(Object.values(rest.qualifiers ?? {}).every((text) => !/[%+]/.test(text)));
        const text = formatPackageUrl({ type: 'generic', namespace: namespace.join('/'), ...rest });
        const { type, namespace: space, name, version, qualifiers } = PackageURL.fromString(text);
        const own = parsePackageUrl(text);
        expect(own).toEqual(JSON.parse(JSON.stringify({ type, namespace: space, name, version, qualifiers })));
      }),
    );
  });

  test('no text is too much', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePackageUrl(`pkg:${text}`)));
    expect(parsePackageUrl(`pkg:npm/${'/'.repeat(8000)}`)).toBeUndefined();
    expect(parsePackageUrl(`pkg:npm/${'a'.repeat(9000)}`)).toBeUndefined();
  });
});
