import { expect, test } from 'vitest';
import { parseXml } from './tree.ts';

test('elements with attributes, text in pieces, names without prefixes', () => {
  const root = parseXml('\ufeff<?xml version="1.0"?><b:bom a="&lt;1&#x41;">x<!-- no --><c/>y<![CDATA[<&]]></b:bom>');
  expect(root).toEqual({
    name: 'bom',
    attributes: { a: '<1A' },
    children: [{ name: 'c', attributes: {}, children: [], text: '' }],
    text: 'xy<&',
  });
});

const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>';

test.each<[string, string, string]>([
  ['entities that grow', bomb, 'SBOM_INVALID'],
  ['entities from elsewhere', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'SBOM_INVALID'],
  ['an entity of no meaning', '<a>&b;</a>', 'SBOM_INVALID'],
  ['what does not end', '<a><b></a>', 'SBOM_INVALID'],
  ['nothing', '', 'SBOM_INVALID'],
  ['text alone', 'hello', 'SBOM_INVALID'],
  ['two roots', '<a/><b/>', 'SBOM_INVALID'],
  ['an attribute twice', '<a b="1" b="2"/>', 'SBOM_INVALID'],
  ['depth', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`, 'SBOM_TOO_LARGE'],
])('%s is refused', (_, text, code) => {
  expect(() => parseXml(text)).toThrowCode(code);
});
