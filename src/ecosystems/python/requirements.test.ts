import { expect, test } from 'vitest';
import { catalogBytes, packagesFrom } from '../../../testkit/cataloging.ts';
import { catalogRequirements } from './requirements.ts';

async function parse(content: string | Uint8Array): Promise<string[]> {
  const packages = await packagesFrom(catalogRequirements, 'requirements.txt', content);
  return packages.map(
    ({ name, version, locations }) => `${name} ${version} ${locations?.map(({ start, end }) => `${start}-${end}`)}`,
  );
}

test('pinned packages are read with their lines', async () => {
  const text = [
    '# comment==1.0',
    'Flask==2.0.0',
    '',
    'requests [security, socks] == 2.25.1 ; python_version < "3.9"  # why',
    'urllib3==1.26.5 \\',
    '    --hash=sha256:aa \\',
    '    --hash=sha256:bb',
    'six==\\',
    '1.16.0',
    'pinned==1.0,!=1.1',
    '-r other.txt',
    '--index-url https://example.org/simple==x',
    'last==1!2.0.post1.dev2+local.1',
  ].join('\n');
  expect(await parse(text)).toEqual([
    'Flask 2.0.0 2-2',
    'requests 2.25.1 4-4',
    'urllib3 1.26.5 5-5',
    'six 1.16.0 8-8',
    'pinned 1.0 10-10',
    'last 1!2.0.post1.dev2+local.1 13-13',
  ]);
});

test.each([
  'a>=1.0',
  'a~=1.0',
  'a<=1.0',
  'a',
  'a===1.0',
  'a==1.*',
  'a==one',
  'a==',
  '==1.0',
  'a==1==2',
  'a @ https://example.org/a==1.0.zip',
  'b/c==1.0',
])('%s names no package in a version', async (line) => {
  expect(await parse(line)).toEqual([]);
});

test('comments are not continued, and the last line may be', async () => {
  expect(await parse('# comment \\\na==1.0\nb==2.0 \\')).toEqual(['a 1.0 2-2', 'b 2.0 3-3']);
});

const text = 'a==1.0\r\nb==2.0\r\n';

test.each<[string, Uint8Array]>([
  ['plain', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, low byte first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, high byte first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('the encoding may be %s', async (_, bytes) => {
  expect(await parse(bytes)).toEqual(['a 1.0 1-1', 'b 2.0 2-2']);
});

test('rubbish lists nothing, in linear time', async () => {
  expect(await parse('')).toEqual([]);
  expect(await parse(Buffer.from([0xff, 0xfe, 0x00]))).toEqual([]);
  expect(await parse(`a==1${'.0'.repeat(100_000)}x`)).toEqual([]);
  expect(await parse(`a==1a${'0'.repeat(100_000)}x`)).toEqual([]);
  expect(await parse('\\\n'.repeat(100_000))).toEqual([]);
});

test('a file over the limit is refused before it is read', async () => {
  const content = { size: 2 ** 40, read: () => Buffer.alloc(0) };
  expect(() => catalogRequirements({ path: 'requirements.txt', size: content.size, mode: 0, content })).toThrowCode(
    'KIT_TEXT_TOO_LONG',
  );
  expect(await catalogBytes(catalogRequirements, 'requirements.txt', 'x')).toHaveLength(1);
});
