import { readClaims } from '../../model/claims.ts';
import type { Fields } from '../../model/fields.ts';
import type { Requirement, SignerRule, TextPattern } from '../../model/policy.ts';
import { compilePattern } from '../../patterns/regexp.ts';
import { type Bindings, type Compile, textOf } from './cel/compile.ts';
import type { Signer } from './key-texts.ts';

type Told = (bindings: Bindings) => TextPattern;

/** Any of the identities may have signed. One that names nobody is refused, as anyone would be it. @throws POLICY_INVALID */
export function readIdentities(cosign: Fields, compile: Compile): Signer {
  const keyless = cosign.fields('keyless') ?? cosign;
  const identities = keyless.items('identities');
  if (identities.length === 0) throw keyless.invalid('identities', 'is empty');
  const claims = readClaims(keyless, 'additionalExtensions');
  const authorities = keyless.text('roots');
  const proof = { by: { kind: 'certificate' as const }, ...(authorities ? { authorities } : {}) };
  const rules = identities.map((one) => readIdentity(one, compile, claims));
  return {
    isFixed: identities.every((one) => !one.has('subjectExpression')),
    requirement: (bindings, make): Requirement => ({
      kind: 'group',
      at: keyless.path,
      atLeast: 1,
      parts: rules.map((rule) => make({ proof, signer: rule(bindings) })),
    }),
  };
}

function readIdentity(
  fields: Fields,
  compile: Compile,
  claims: NonNullable<SignerRule['claims']>,
): (bindings: Bindings) => SignerRule {
  const issuer = readPattern(fields, 'issuer', 'issuerRegExp');
  const subject = readPattern(fields, 'subject', 'subjectRegExp') ?? readExpression(fields, compile);
  if (issuer === undefined && subject === undefined) throw fields.invalid('', 'names neither issuer nor subject');
  return (bindings) => {
    const [names, issuers] = [subject, issuer].map((told) => (told === undefined ? [] : [told(bindings)]));
    const words = [names, issuers].map((all) => all?.[0]?.text ?? 'anyone').join(' identified by ');
    return { words, claims, ...(names?.length && { names }), ...(issuers?.length && { issuers }) };
  };
}

function readPattern(fields: Fields, plain: string, regexp: string): Told | undefined {
  const [text, expression] = [fields.text(plain) ?? '', fields.text(regexp) ?? ''];
  if (text !== '' && expression !== '') throw fields.invalid(regexp, `stands beside ${plain}`);
  if (expression !== '') {
    compilePattern(expression);
    return () => ({ kind: 'regexp', text: expression });
  }
  return text === '' ? undefined : () => ({ kind: 'exact', text });
}

function readExpression(fields: Fields, compile: Compile): Told | undefined {
  if (!fields.has('subjectExpression')) return undefined;
  const expression = compile(fields, 'subjectExpression');
  return (bindings) => ({ kind: 'exact', text: textOf(expression, bindings) });
}
