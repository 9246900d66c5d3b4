import { expect, test } from 'vitest';
import { toVisibleLine, toVisibleText } from './visible-text.ts';

test.each([
  ['plain', 'zlib 1.2.13', 'zlib 1.2.13'],
  ['colour codes', '\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['an operating system command', '\u001b]8;;http://a\u0007x', '\\x1b]8;;http://a\\x07x'],
  ['a one-byte control sequence introducer', '\u009b2J', '\\x9b2J'],
  ['delete and backspace', 'a\u007f\u0008b', 'a\\x7f\\x08b'],
  ['text that runs backwards', 'a\u202eb\u2069', 'a\\u202eb\\u2069'],
  ['a byte order mark', '\ufeffa', '\\ufeffa'],
  ['half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ['tabs and line breaks', 'a\tb\r\nc\n\nd', 'a b c d'],
  ['other scripts', 'naïve 漢字 👩‍🚀', 'naïve 漢字 👩‍🚀'],
])('%s in one line', (_, text, visible) => {
  expect(toVisibleLine(text)).toBe(visible);
});

test('line breaks are kept in a text of several lines, whichever system wrote them', () => {
  expect(toVisibleText('a\tb\r\nc\u001b[2J\rd\n')).toBe('a b\nc\\x1b[2J\\x0dd\n');
});
