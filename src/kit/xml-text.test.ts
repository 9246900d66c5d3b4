import { expect, test } from 'vitest';
import { escapeXml } from './xml-text.ts';

test.each([
  [`<a b="c" d='e'>&`, '&lt;a b=&#34;c&#34; d=&#39;e&#39;&gt;&amp;'],
  ['a\tb\nc\r', 'a&#x9;b&#xA;c&#xD;'],
  ['a\u0000\u001b\ud800\uffff😀', 'a\ufffd\ufffd\ufffd\ufffd😀'],
])('%j', (text, expected) => {
  expect(escapeXml(text)).toBe(expected);
});
