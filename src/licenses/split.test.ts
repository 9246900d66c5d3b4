import { expect, test } from 'vitest';
import { splitLicenses, splitLicenseWords } from './split.ts';

test.each([
  ['', []],
  ['MIT', ['MIT']],
  ['GPL-1+,GPL-2', ['GPL-1+', 'GPL-2']],
  ['GPL-1+ or Artistic, and Expat', ['GPL-1+', 'Artistic', 'Expat']],
  ['LGPLv3+_or_GPLv2+', ['LGPLv3+', 'GPLv2+']],
  ['BSD or Apache License, Version 2.0', ['BSD', 'Apache License, Version 2.0']],
  ['GNU GPL v2 or later (GPLv2+)', ['GNU GPL v2 or later (GPLv2+)']],
  ['Historical Permission Notice and Disclaimer (HPND)', ['Historical Permission Notice and Disclaimer (HPND)']],
  ['Apache-2.0 OR BSD-2', ['Apache-2.0 OR BSD-2']],
  ['ISC and/or LGPL-2.1+', ['ISC and/or LGPL-2.1+']],
  ['Permission is hereby granted', ['text://Permission is hereby granted']],
])('%s is split into %j', (text, expected) => {
  expect(splitLicenses(text)).toEqual(expected);
});

test.each([
  ['', []],
  ['MIT', ['MIT']],
  ['MIT AND BSD-2-Clause AND GPL-2.0-or-later', ['MIT', 'BSD-2-Clause', 'GPL-2.0-or-later']],
  ['(MIT OR ISC) AND Zlib', ['MIT', 'ISC', 'Zlib']],
  ['MPL 2.0 GPL2+', ['MPL-2.0', 'GPL-2.0-or-later']],
  ['X11', ['X-11']],
  [' ( ) ', []],
])('the words of %s are %j', (text, expected) => {
  expect(splitLicenseWords(text)).toEqual(expected);
});

test('long runs of separators take no more than linear time', () => {
  const spaces = ' '.repeat(200_000);
  const parentheses = '('.repeat(200_000);
  expect(splitLicenses(`A${spaces}B`)).toHaveLength(1);
  expect(splitLicenseWords(`A${spaces}B ${parentheses}C${parentheses}D`)).toHaveLength(3);
});
