import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test.each([
  ['  - name: a\n    newTag: "1"\n', '  - name: a\n    newTag: "1@PIN"\n'],
  ['  - {name: a, newName: r.io/b, newTag: v1}\n', '  - {name: a, newName: r.io/b, newTag: v1@PIN}\n'],
  [
    `  - name: a\n    newTag: v1\n    digest: sha256:${'b'.repeat(64)}\n`,
    '  - name: a\n    newTag: v1\n    digest: PIN\n',
  ],
  ['  - name: a\n    newName: b\n', '  - name: a\n    newName: b\n'],
])('%j', (items, expected) => {
  expect(pinText(findSites, `images:\n${items}`)).toEqual({ text: `images:\n${expected}`, open: [] });
});

test('a digest without a tag follows nothing', () => {
  const text = `images: [{name: a, digest: "sha256:${'b'.repeat(64)}"}]\n`;
  expect(pinText(findSites, text)).toEqual({ text, open: [] });
});

test('a tag that other places share is left', () => {
  const text = 'images:\n- {name: a, newTag: &t v1}\n- {name: b, newTag: *t}\n';
  const open = ['images.0: several references share this text'];
  expect(pinText(findSites, text)).toEqual({ text, open });
});
