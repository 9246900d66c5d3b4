import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfigFile } from '../../src/config/file/parse.ts';
import { allOptions } from '../../src/config/registry.ts';
import { resolveOptions } from '../../src/config/resolve.ts';
import { isAppError } from '../../src/core/index.ts';

const seed = `severity: [HIGH, CRITICAL]
exit-code: 1
vulnerability: {ignore-unfixed: true, ignore-status: [affected]}
scan:
  scanners: &s [vuln, secret]
  skip-dirs: ["**/x", 'y']
registry:
  mirrors:
    docker.io: [a.example, b.example]
timeout: 5m0s
other: *s
`;

/** What a file with these bytes decides; an error must be coded. */
function decide(bytes: Uint8Array, trusted: boolean): number | string {
  try {
    const entries = parseConfigFile(bytes, 'f.yaml', (key) => key === 'registry.mirrors');
    const files = [{ path: 'f.yaml', trusted, entries }];
    const options = resolveOptions({ options: allOptions, flags: [], environment: {}, files });
    for (const spec of allOptions) options.get(spec);
    return entries.length;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

const codes = ['CONFIG_FILE_INVALID', 'CONFIG_VALUE_INVALID'];
const isExpected = (outcome: number | string): boolean => typeof outcome === 'number' || codes.includes(outcome);

test('the seed is a good file', () => {
  expect(decide(Buffer.from(seed), true)).toBe(9);
});

test('bytes of any kind', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => isExpected(decide(bytes, true))));
});

test('text of any kind', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => isExpected(decide(Buffer.from(text), true))),
  );
});

test('a file cut anywhere', () => {
  for (let end = 0; end < seed.length; end++)
    expect(decide(Buffer.from(seed.slice(0, end)), true)).toSatisfy(isExpected);
});

test('a file with one bit flipped', () => {
  const bytes = Buffer.from(seed);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const broken = Buffer.from(bytes);
    broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(decide(broken, true)).toSatisfy(isExpected);
  }
});

const word = fc.oneof(fc.string({ maxLength: 12 }), fc.integer(), fc.boolean(), fc.constant(null), fc.double());
const value = fc.oneof(
  word,
  fc.array(word, { maxLength: 4 }),
  fc.dictionary(fc.string({ maxLength: 5 }), word, { maxKeys: 3 }),
);

test('any value under any key, as JSON writes it', () => {
  const key = fc.constantFrom(...allOptions.map((spec) => spec.key));
  fc.assert(
    fc.property(key, value, (name, content) => {
      const nested = name.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), content);
      return isExpected(decide(Buffer.from(JSON.stringify(nested)), true));
    }),
  );
});

test('a file that is not trusted decides no trusted option, whatever it holds', () => {
  const trusted = allOptions.filter((spec) => spec.trust === 'trusted');
  fc.assert(
    fc.property(fc.constantFrom(...trusted), value, (spec, content) => {
      const nested = spec.key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), content);
      const entries = parseConfigFile(
        Buffer.from(JSON.stringify(nested)),
        'f.yaml',
        (key) => key === 'registry.mirrors',
      );
      const files = [{ path: 'f.yaml', trusted: false, entries }];
      const options = resolveOptions({ options: allOptions, flags: [], environment: {}, files });
      return options.origin(spec).kind === 'default';
    }),
  );
});
