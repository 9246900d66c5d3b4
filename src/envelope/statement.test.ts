import { expect, test } from 'vitest';
import { inTotoPayloadType, parseDsseEnvelope, preAuthEncoding } from './dsse.ts';
import { predicateTypeOf } from './predicates.ts';
import { parseStatement, statementOf } from './statement.ts';

const statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'app', digest: { sha256: 'AB' }, annotations: { env: 'prod' } }],
  predicateType: 'https://example.com/p',
  predicate: { a: 1 },
};
const parse = (change: object) => parseStatement(Buffer.from(JSON.stringify({ ...statement, ...change })));

test('the encoding that is signed counts bytes', () => {
  expect(preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello ä')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 8 hello ä',
  );
});

test('an envelope and its statement are read', () => {
  const payload = Buffer.from(JSON.stringify(statement));
  const json = { payloadType: inTotoPayloadType, payload: payload.toString('base64'), signatures: [{ sig: 'AA==' }] };
  const envelope = parseDsseEnvelope(Buffer.from(JSON.stringify(json)));
  expect(envelope.signatures).toEqual([{ signature: Buffer.from([0]) }]);
  expect(statementOf(envelope)).toEqual({
    type: 'https://in-toto.io/Statement/v1',
    subjects: [{ name: 'app', digest: { sha256: 'ab' }, annotations: { env: 'prod' } }],
    predicateType: 'https://example.com/p',
    predicate: { a: 1 },
  });
  expect(() => statementOf({ ...envelope, payloadType: 'text/plain' })).toThrowCode('ENVELOPE_STATEMENT_INVALID');
});

test('version 0.1 is read too', () => {
  expect(parse({ _type: 'https://in-toto.io/Statement/v0.1' }).type).toBe('https://in-toto.io/Statement/v0.1');
});

test.each<[string, object]>([
  ['no type', { _type: undefined }],
  ['another type', { _type: 'https://in-toto.io/Statement/v2' }],
  ['no type of predicate', { predicateType: '' }],
  ['no subject', { subject: [] }],
  ['a digest that is no text', { subject: [{ digest: { sha256: 1 } }] }],
  ['digests that are a list', { subject: [{ digest: ['a'] }] }],
  ['too many digests', { subject: [{ digest: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [i, ''])) }] }],
])('a statement with %s is refused', (_, change) => {
  expect(() => parse(change)).toThrowCode('ENVELOPE_STATEMENT_INVALID');
});

test('too many subjects are refused', () => {
  expect(() => parse({ subject: Array(1025).fill({ digest: {} }) })).toThrowCode('KIT_JSON_INVALID');
});

test("cosign's words and addresses name types of predicates", () => {
  expect(predicateTypeOf('slsaprovenance1')).toBe('https://slsa.dev/provenance/v1');
  expect(predicateTypeOf('https://example.com/p')).toBe('https://example.com/p');
  expect([predicateTypeOf('toString'), predicateTypeOf('word')]).toEqual([undefined, undefined]);
});
