import { expect, test } from 'vitest';
import { asksFor, packagesFrom } from '../../../testkit/cataloging.ts';
import { type GoProgram, makeElf, makeGoElf, makeGoPe } from '../../../testkit/go-program.ts';
import { executableMagic } from '../../codecs/go-build-info/index.ts';
import type { Package } from '../../core/index.ts';
import { formatPackageUrl } from '../../core/index.ts';
import { go } from './index.ts';
import { catalogProgram } from './program.ts';

async function packagesOf(program: GoProgram): Promise<Package[]> {
  return packagesFrom(catalogProgram, 'usr/bin/tool', makeGoElf(program));
}

async function rootVersion(program: GoProgram): Promise<string | undefined> {
  return (await packagesOf(program)).find(({ relationship }) => relationship === 'root')?.version;
}

test('a program is its toolchain, its modules, and itself above them', async () => {
  const packages = await packagesOf({
    modules: ['mod\texample.org/tool\tv1.2.3', 'dep\tb\tv2.0.0', 'dep\ta\tv0.1.0', '=>\tc\tv3.0.0', 'dep\td\t(devel)'],
  });
  expect(packages).toEqual([
    { id: 'stdlib@v1.22.3', name: 'stdlib', version: 'v1.22.3', relationship: 'direct' },
    { id: 'b@v2.0.0', name: 'b', version: 'v2.0.0', relationship: 'unknown' },
    { id: 'c@v3.0.0', name: 'c', version: 'v3.0.0', relationship: 'unknown' },
    { id: 'd', name: 'd', version: '', relationship: 'unknown' },
    {
      id: 'example.org/tool@v1.2.3',
      name: 'example.org/tool',
      version: 'v1.2.3',
      relationship: 'root',
      dependsOn: ['b@v2.0.0', 'c@v3.0.0', 'd', 'stdlib@v1.22.3'],
    },
  ]);
});

test.each([
  ['go1.22.3', 'v1.22.3'],
  ['go1.22.3 X:boringcrypto', 'v1.22.3'],
  ['go1.26.0-X:nodwarf5', 'v1.26.0'],
  ['devel go1.20-abcdef Tue', 'vdevel'],
])('the toolchain %s is version %s', async (goVersion, version) => {
  expect((await packagesOf({ goVersion }))[0]?.version).toBe(version);
});

test('the commands of the toolchain itself have no main module', async () => {
  expect((await packagesOf({ modules: ['path\tcmd/go', 'dep\t\tDevel'] })).map(({ name }) => name)).toEqual(['stdlib']);
});

const pseudo = 'v0.0.0-20240102030405-0123456789ab';

test.each<[string, string, string, Record<string, string>, string]>([
  ['a release', 'v1.2.3', '-X main.version=9.9.9', {}, 'v1.2.3'],
  ['nothing', '(devel)', '', {}, ''],
  ['a commit', pseudo, '', {}, pseudo],
  ['flags instead of a commit', pseudo, '-X main.version=1.0.0', {}, '1.0.0'],
  [
    'flags instead of a later commit',
    'v1.2.4-0.20240102030405-0123456789ab+dirty',
    '-X main.version=1.0.0',
    {},
    '1.0.0',
  ],
  ['flags', '(devel)', "-s -w -X 'main.Version=v1.2.3' -X main.commit=abc", {}, 'v1.2.3'],
  ['flags with an equals sign', '(devel)', '-X=main.ver=1.2', {}, '1.2'],
  ['flags in double quotes', '(devel)', '-X "main.version=1.2.3-rc.1+b"', {}, '1.2.3-rc.1+b'],
  ['no other variable', '(devel)', '-X main.versions=1.0.0 -X main.name=1.0.0', {}, ''],
  ['no other text', '(devel)', '-X main.version=nightly', {}, ''],
  ['a command of the module first', '(devel)', '-X main.version=1.0.0 -X m/cmd/x.version=2.0.0', {}, '2.0.0'],
  ['a usual package before others', '(devel)', '-X a/b/odd.version=1.0.0 -X a/common.version=2.0.0', {}, '2.0.0'],
  ['any package last', '(devel)', '-X a/b/odd.version=1.0.0', {}, '1.0.0'],
  ['none of two equals', '(devel)', '-X main.version=1.0.0 -X a/cmd.version=2.0.0', {}, ''],
  ['the last of the same', '(devel)', '-X main.version=1.0.0 -X main.version=2.0.0', {}, '2.0.0'],
  ['none of a broken flag', '(devel)', '-X main.version', {}, ''],
  ['symbols', '(devel)', '', { 'main.version': '1.2.3', 'main.name': '4.5.6' }, '1.2.3'],
  ['flags before symbols', '(devel)', '-X main.version=1.0.0', { 'main.version': '1.2.3' }, '1.0.0'],
  ['symbols before a commit', pseudo, '', { 'm/cmd/x.version': 'v1.2.3' }, 'v1.2.3'],
])('the main version is %s', async (_, recorded, flags, variables, expected) => {
  const setting = flags === '' ? [] : [`build\t-ldflags=${JSON.stringify(flags)}`];
  expect(await rootVersion({ modules: [`mod\tm\t${recorded}`, ...setting], variables })).toBe(expected);
});

test('hostile linker flags take no more than linear time', async () => {
  for (const part of ["'", '"', '\\', '-X a.version=', '=']) {
    expect(await rootVersion({ modules: ['mod\tm\t(devel)', `build\t-ldflags=${part.repeat(50_000)}`] })).toBe('');
  }
});

test('other executables record nothing', async () => {
  expect(await packagesFrom(catalogProgram, 'bin/sh', makeElf(Buffer.alloc(100)))).toEqual([]);
  expect(await packagesFrom(catalogProgram, 'bin/x.exe', makeGoPe({}))).toHaveLength(1);
});

test('the cataloger asks for executables and Windows programs that begin like one', () => {
  const [cataloger] = go.catalogers;
  if (cataloger === undefined) throw new TypeError('no cataloger');
  expect(asksFor(cataloger, 'usr/bin/tool', 0o755)).toBe(true);
  expect(asksFor(cataloger, 'tool.exe')).toBe(true);
  expect(asksFor(cataloger, 'usr/lib/x.so')).toBe(false);
  expect(cataloger.magic).toEqual(executableMagic);
});

test.each([
  ['github.com/BurntSushi/toml', 'v1.0.0', 'pkg:golang/github.com/burntsushi/toml@v1.0.0'],
  ['stdlib', 'v1.22.3', 'pkg:golang/stdlib@v1.22.3'],
  ['example.org/tool', '', 'pkg:golang/example.org/tool'],
  ['github.com/docker/cli', 'v1.0.0+incompatible', 'pkg:golang/github.com/docker/cli@v1.0.0%2Bincompatible'],
  ['./local', '', undefined],
  ['../local', '', undefined],
])('%s %s has the package URL %s', (name, version, expected) => {
  const purl = go.purl({ name, version });
  expect(purl && formatPackageUrl(purl)).toBe(expected);
});
