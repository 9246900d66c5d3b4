import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Narrowing, parseFragment, toFragment } from './fragment.ts';

test('a fragment reads back as what was written', () => {
  const text = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined });
  const narrowings = fc.record({ q: text, severity: text, package: text, layer: text, sort: text });
  fc.assert(
    fc.property(narrowings, (narrowing) => {
      const given = Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== undefined));
      expect(parseFragment(toFragment(given as Narrowing))).toEqual(given);
    }),
  );
});

test.each([
  ['', {}],
  ['#', {}],
  ['#coverage', undefined],
  ['#q=a+b&unknown=1&__proto__=x', { q: 'a+b' }],
  ['#q=&fix=fixable', { fix: 'fixable' }],
  ['#q=%zz', { q: '%zz' }],
])('%j is read as %j', (fragment, narrowing) => {
  expect(parseFragment(fragment)).toEqual(narrowing);
});
