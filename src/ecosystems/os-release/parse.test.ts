import { expect, test } from 'vitest';
import { catalogNow } from '../../../testkit/cataloging.ts';
import { catalogOsRelease } from './parse.ts';

const read = (text: string) => catalogNow(catalogOsRelease, 'etc/os-release', text);

test.each([
  [
    'ID=debian\nVERSION_ID="12"\nNAME="Debian GNU/Linux"\n',
    { id: 'debian', versionId: '12', name: 'Debian GNU/Linux' },
  ],
  ["ID='Rocky'\r\nVERSION_ID='9.2'\r\n", { id: 'rocky', versionId: '9.2' }],
  ['# ID=no\n ID = wolfi \nnonsense\nID_LIKE=alpine\n', { id: 'wolfi', versionId: '' }],
  ['ID=a\nID="b \\"c\\" \\$d"\n', { id: 'b "c" $d', versionId: '' }],
])('%j', (text, expected) => {
  expect(read(text)).toEqual([{ kind: 'os-release', ...expected }]);
});

test.each(['', 'VERSION_ID=1\n', 'ID=\n', 'ID=""\n', '\u0000\u0001='])('%j names no system', (text) => {
  expect(read(text)).toEqual([]);
});

test('a file that is far too long is not read', () => {
  expect(() => read('#'.repeat(2 ** 20 + 1))).toThrowCode('KIT_TEXT_TOO_LONG');
});
