import { expect, test } from 'vitest';
import { type Content, Markup, markup } from './markup.ts';

test('what is filled in stays text', () => {
  expect(markup`<p title="${'"x\''}">${'<b>&\u202e\u0007'}</p>`.text).toBe(
    '<p title="&quot;x&#39;">&lt;b&gt;&amp;\\u202e\\x07</p>',
  );
});

test('markup stays markup, lists are joined, and nothing is written for what is not there', () => {
  const items: Content[] = ['a', markup`<i>b</i>`, undefined, false, 0];
  expect(markup`<p>${items}${new Markup('<hr>')}</p>`.text).toBe('<p>a<i>b</i>0<hr></p>');
});
