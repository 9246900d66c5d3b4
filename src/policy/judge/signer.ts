import type { VerifiedSigner } from '../../verify/index.ts';
import type { SignerRule, TextPattern } from '../model/policy.ts';
import { matchesText } from '../patterns/text-pattern.ts';

type CertificateSigner = Extract<VerifiedSigner, { readonly kind: 'certificate' }>;

/** Why a signer is none whom the rule accepts; undefined when it is. Everything that the rule has must match. */
export function mismatchOf(signer: VerifiedSigner, rule: SignerRule | undefined): string | undefined {
  if (rule === undefined || signer.kind === 'key') return undefined;
  const { issuers, claims = {}, takesNameless = false } = rule;
  const found = signer.names.map(({ value }) => value);
  const names = takesNameless && found.length === 0 ? undefined : rule.names;
  // A certificate that names nobody matches no name.
  if (names !== undefined && !found.some((name) => names.some((pattern) => matchesText(pattern, name)))) {
    return `the certificate is of ${found.join(', ') || 'nobody'}, and ${wordsOf(names, ' or ')} is accepted`;
  }
  if (issuers !== undefined && !issuers.every((pattern) => matchesText(pattern, signer.issuer))) {
    return `the signer was identified by ${signer.issuer || 'nobody'}, and ${wordsOf(issuers, ' and ')} is accepted`;
  }
  return claimMismatch(signer, claims);
}

function claimMismatch({ claims }: CertificateSigner, wanted: NonNullable<SignerRule['claims']>): string | undefined {
  const stated: Readonly<Record<string, string | undefined>> = claims;
  for (const [claim, pattern] of Object.entries(wanted)) {
    const value = stated[claim] ?? '';
    if (!matchesText(pattern, value)) return `the certificate states ${claim} as "${value}" and not ${pattern.text}`;
  }
  return undefined;
}

function wordsOf(patterns: readonly TextPattern[], joint: string): string {
  return patterns.map(({ text }) => text).join(joint);
}

/** Who signed, in words. */
export function describeSigner(signer: VerifiedSigner): string {
  if (signer.kind === 'key') return `the key with SHA-256 ${signer.id}`;
  return `${signer.names.map(({ value }) => value).join(', ') || 'nobody'} (by ${signer.issuer})`;
}
