import { readClaims } from '../../model/claims.ts';
import { Fields } from '../../model/fields.ts';
import type { LogDemand, Proof } from '../../model/need.ts';
import type { SignatureRequirement, SignerRule, TextPattern } from '../../model/policy.ts';
import { readPublicKey } from '../../model/public-key.ts';
import { compilePattern } from '../../patterns/regexp.ts';
import type { KeylessFields, LogFields, SignerFields } from './image-policy.ts';

/** The signature of one signer. @throws POLICY_INVALID, POLICY_KEY_*, POLICY_PATTERN_INVALID */
export function readSigner(name: string, signer: SignerFields, policy: string): SignatureRequirement {
  const fields = new Fields(signer, policy, `spec.signers.${name}`);
  const kind = fields.oneOf('key', 'secret', 'keyless');
  const { annotations, repository, secret, keyless } = signer;
  return {
    kind: 'signature',
    at: `signers.${name}`,
    proof: {
      ...demandsOf(signer),
      by: kind === 'keyless' ? { kind: 'certificate' } : { kind: 'key', pem: pemOf(fields) },
    },
    ...(secret !== undefined && { keyFrom: secret }),
    ...(keyless !== undefined && { signer: ruleOf(keyless, fields) }),
    ...(annotations !== undefined && { annotations }),
    ...(repository !== undefined && { repository }),
  };
}

function pemOf(fields: Fields): string {
  const pem = fields.text('key');
  return pem === undefined ? '' : readPublicKey(fields, 'key', pem);
}

function demandsOf({ log, certificateLog, timestamp, authorities }: SignerFields): Omit<Proof, 'by'> {
  const { chain } = timestamp ?? {};
  return {
    // A timestamp tells when it was signed, as the log does.
    log: demandOf(log ?? timestamp === undefined),
    certificateLog: demandOf(certificateLog ?? true),
    ...(timestamp !== undefined && { timestamp: chain === undefined ? {} : { chain } }),
    ...(authorities !== undefined && { authorities }),
  };
}

function demandOf(log: LogFields): LogDemand {
  return typeof log === 'boolean' ? { required: log } : { required: true, key: log.key };
}

/** Whom a certificate must name; nobody at all is refused, as anyone would be that. */
function ruleOf(keyless: KeylessFields, fields: Fields): SignerRule {
  const issuers = patterns(keyless.issuer, keyless.issuerRegExp);
  const names = patterns(keyless.subject, keyless.subjectRegExp);
  if (issuers.length === 0) throw fields.invalid('keyless', 'names no issuer');
  if (names.length === 0) throw fields.invalid('keyless', 'names no subject');
  const claims = readClaims(fields.fields('keyless') ?? fields, 'claims');
  const words = [names, issuers].map((all) => all.map(({ text }) => text).join(' or ')).join(' identified by ');
  return { words, names, issuers, claims };
}

function patterns(text: string | undefined, regexp: string | undefined): TextPattern[] {
  if (regexp !== undefined) compilePattern(regexp);
  return [
    ...(text === undefined ? [] : [{ kind: 'wildcard' as const, text }]),
    ...(regexp === undefined ? [] : [{ kind: 'regexp' as const, text: regexp }]),
  ];
}
