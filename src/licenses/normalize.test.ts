import { expect, test } from 'vitest';
import { normalizeLicense } from './normalize.ts';

test.each([
  ['MIT', 'MIT'],
  ['mit license', 'MIT'],
  ['  The MIT Licence ', 'MIT'],
  ['Expat', 'MIT'],
  ['MIT-0', 'MIT-0'],
  ['GPL-2', 'GPL-2.0-only'],
  ['GPL-2+', 'GPL-2.0-or-later'],
  ['GPLv2', 'GPL-2.0-only'],
  ['GPLv3+', 'GPL-3.0-or-later'],
  ['GPL 3 or later', 'GPL-3.0-or-later'],
  ['GPL-2.0-only', 'GPL-2.0-only'],
  ['GPL-2.0-or-later', 'GPL-2.0-or-later'],
  ['GPL', 'GPL-2.0-or-later'],
  ['LGPL', 'LGPL-2.0-or-later'],
  ['LGPLv2.1+', 'LGPL-2.1-or-later'],
  ['GFDL-NIV-1.3+', 'GFDL-1.3-no-invariants-or-later'],
  ['GPL-2+ with Autoconf exception', 'GPL-2.0-with-autoconf-exception+'],
  ['GPL-2+ with Libtool exception', 'GPL-2+ with Libtool exception'],
  ['GNU Library or Lesser General Public License (LGPL)', 'LGPL-2.1-only'],
  ['Apache 2.0', 'Apache-2.0'],
  ['Apache License, Version 2.0', 'Apache-2.0'],
  ['Apache Software License', 'Apache-2.0'],
  ['http://www.apache.org/licenses/LICENSE-2.0', 'Apache-2.0'],
  ['BSD', 'BSD-3-Clause'],
  ['BSD-2', 'BSD-2-Clause'],
  ['BSD-2-clause', 'BSD-2-Clause'],
  ['Artistic', 'Artistic-2.0'],
  ['Artistic-1', 'Artistic-1'],
  ['MPL 2.0', 'MPL-2.0'],
  ['Unlicense', 'Unlicense'],
  ['UNLICENSED', 'Unlicense'],
  ['https://creativecommons.org/licenses/by-sa/4.0', 'CC-BY-SA-4.0'],
  ['LIBTIFF', 'libtiff'],
  ['bitstream-vera', 'Bitstream-Vera'],
  ['public-domain', 'public-domain'],
  ['', ''],
])('%s becomes %s', (name, expected) => {
  expect(normalizeLicense(name)).toBe(expected);
});

test('a text is no name and comes back as it is', () => {
  const text = `${'MIT '.repeat(200)}`;
  expect(normalizeLicense(text)).toBe(text.trim());
});

test('an identifier stays what it is when it is normalised again', () => {
  for (const name of ['GPL-2+', 'Apache 2', 'BSD', 'LGPL-3', 'ZLIB']) {
    const once = normalizeLicense(name);
    expect(normalizeLicense(once)).toBe(once);
  }
});
