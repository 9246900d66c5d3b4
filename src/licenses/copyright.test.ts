import { expect, test } from 'vitest';
import { parseCopyright } from './copyright.ts';

test('licence fields are read in order, each licence once', () => {
  const text = [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    '',
    'Files: *',
    'License: GPL-2+ or Artistic',
    '',
    'Files: debian/*',
    'License:GPL-2+',
    ' The text of the License: MIT is not a field.',
    'License:',
    '',
  ].join('\n');
  expect(parseCopyright(text)).toEqual(['GPL-2.0-or-later', 'Artistic-2.0']);
});

test.each([
  ["in `/usr/share/common-licenses/GPL-2'.", ['GPL-2.0-only']],
  ['in /usr/share/common-licenses/LGPL-2.1.', ['LGPL-2.1-only']],
  ['in ‘/usr/share/common-licenses/GPL’ and /usr/share/common-licenses/MPL-2.0', ['GPL-2.0-or-later']],
  ['in /usr/share/common-licenses/ .', []],
  ['in `/usr/share/common-licenses/{MPL-1.1,GPL-2}', []],
])('a reference %s names %j', (line, expected) => {
  expect(parseCopyright(line)).toEqual(expected);
});
