import { parseDer, toText } from '../../codecs/asn1/index.ts';
import type { Certificate } from './certificate.ts';
import { oids } from './oids.ts';

/** What Fulcio states of a signer besides the names (Fulcio's oid-info.md), by the last number of its identifier. */
const claimNames = {
  1: 'issuerV1',
  2: 'githubWorkflowTrigger',
  3: 'githubWorkflowSha',
  4: 'githubWorkflowName',
  5: 'githubWorkflowRepository',
  6: 'githubWorkflowRef',
  8: 'issuer',
  9: 'buildSignerUri',
  10: 'buildSignerDigest',
  11: 'runnerEnvironment',
  12: 'sourceRepositoryUri',
  13: 'sourceRepositoryDigest',
  14: 'sourceRepositoryRef',
  15: 'sourceRepositoryIdentifier',
  16: 'sourceRepositoryOwnerUri',
  17: 'sourceRepositoryOwnerIdentifier',
  18: 'buildConfigUri',
  19: 'buildConfigDigest',
  20: 'buildTrigger',
  21: 'runInvocationUri',
  22: 'sourceRepositoryVisibility',
} as const;

export type ClaimName = (typeof claimNames)[keyof typeof claimNames];

export type Claims = Readonly<Partial<Record<ClaimName, string>>>;

/** Those up to this number are texts as they are, later ones DER (oid-info.md). */
const lastBareText = 6;

/** @throws CODEC_ASN1_INVALID */
export function claimsOf({ extensions }: Certificate): Claims {
  const claims: Partial<Record<ClaimName, string>> = {};
  for (const [number, name] of Object.entries(claimNames)) {
    const extension = extensions.get(`${oids.fulcio}.${number}`);
    if (extension === undefined) continue;
    const { value } = extension;
    claims[name] = Number(number) <= lastBareText ? value.toString('utf8') : toText(parseDer(value));
  }
  return claims;
}
