import { expect, test } from 'vitest';
import { identifyLicense } from './identify.ts';

test.each([
  ['MIT', 'MIT'],
  [' apache-2.0 ', 'Apache-2.0'],
  ['http://www.apache.org/licenses/LICENSE-2.0.txt', 'Apache-2.0'],
  ['https://www.apache.org/licenses/LICENSE-2.0', 'Apache-2.0'],
  ['http://www.opensource.org/licenses/mit-license.php', 'MIT'],
  ['https://opensource.org/licenses/BSD-3-Clause', 'BSD-3-Clause'],
  ['https://spdx.org/licenses/ISC.html', 'ISC'],
  ['https://www.eclipse.org/legal/epl-2.0/', 'EPL-2.0'],
  ['https://example.org/license.html', undefined],
  ['https://opensource.org/licenses/none-such', undefined],
  ['Apache License, Version 2.0', undefined],
  ['<<EXTERNAL>>', undefined],
  ['constructor', undefined],
  ['https://constructor', undefined],
  ['', undefined],
  [`https://spdx.org/licenses/${'a'.repeat(300)}`, undefined],
])('%s identifies %s', (text, expected) => {
  expect(identifyLicense(text)).toBe(expected);
});
