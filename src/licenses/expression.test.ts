import { expect, test } from 'vitest';
import { toLicenseExpression } from './expression.ts';

test.each([
  ['MIT', 'MIT'],
  ['mit', 'MIT'],
  ['GPLv2+', 'GPL-2.0-or-later'],
  ['GPLv2+ and LGPLv2+', 'GPL-2.0-or-later AND LGPL-2.0-or-later'],
  ['MIT OR Apache-2.0', 'MIT OR Apache-2.0'],
  ['(MIT OR CC0-1.0)', 'MIT OR CC0-1.0'],
  ['BSD-3-Clause and (GPL-2.0-only or MIT)', 'BSD-3-Clause AND (GPL-2.0-only OR MIT)'],
  ['MIT AND (ISC AND Zlib)', 'MIT AND ISC AND Zlib'],
  ['MIT AND ISC OR Zlib', 'MIT AND ISC OR Zlib'],
  ['Apache License 2.0', 'Apache-2.0'],
  ['GPL-2.0-only with classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['LicenseRef-own OR MIT', 'LicenseRef-own OR MIT'],
  ['EPL-1.0+', 'EPL-1.0+'],
  ['GPL-3.0-with-GCC-exception', 'GPL-3.0-only WITH GCC-exception-3.1'],
  ['GPL-3+ WITH AUTOCONF EXCEPTION', 'GPL-3.0-or-later WITH Autoconf-exception-3.0'],
  ['GPL-2.0-with-bison-exception+', 'GPL-2.0-or-later WITH Bison-exception-2.2'],
])('%s is %s', (text, expression) => {
  expect(toLicenseExpression(text)).toBe(expression);
});

test.each([
  '',
  ' ',
  'Public Domain',
  'MIT OR Public Domain',
  'MIT AND',
  'OR',
  '(MIT',
  'MIT)',
  'MIT WITH',
  'MIT WITH something',
  '()',
  `${'('.repeat(60)}MIT${')'.repeat(60)}`,
  'x '.repeat(40_000),
])('%j is no expression', (text) => {
  expect(toLicenseExpression(text)).toBeUndefined();
});

test('unknown names are what the caller makes of them', () => {
  const names: string[] = [];
  const expression = toLicenseExpression('Public Domain or MIT and GPL-2.0-only WITH mine', (name) => {
    names.push(name);
    return `LicenseRef-${names.length}`;
  });
  expect(expression).toBe('LicenseRef-1 OR MIT AND LicenseRef-2');
  expect(names).toEqual(['Public Domain', 'GPL-2.0-only WITH mine']);
});
