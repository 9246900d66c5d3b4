import type { ImageEvidence } from '../app/index.ts';
import { legacyLogEntryToJson } from '../envelope/index.ts';

const fulcio = '1.3.6.1.4.1.57264.1';
/** Claims that cosign tells by name and by number. */
const claimNumbers = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6,
} as const;
/** The order in which cosign looks for the name of a signer. */
const nameKinds = ['dns', 'email', 'ip', 'uri', 'other'];

/** What cosign prints as `optional`: what was signed there, and of the older layout who did and what proves it; null for nothing. */
export function optionalOf({ verified, annotations, proof }: ImageEvidence): object | null {
  if (verified.layout === 'bundle') return annotations;
  const entry = proof?.logEntry;
  const stamp = proof?.timestamp;
  const told: Record<string, unknown> = {
    ...annotations,
    ...signerOf(verified.signer),
    ...(entry !== undefined && { Bundle: legacyLogEntryToJson(entry) }),
    ...(stamp !== undefined && { RFC3161Timestamp: { SignedRFC3161Timestamp: stamp.toString('base64') } }),
  };
  const names = Object.keys(told);
  // Numbers with dots sort before words, as Go has it.
  return names.length === 0 ? null : Object.fromEntries(names.toSorted(byBytes).map((name) => [name, told[name]]));
}

function signerOf(signer: ImageEvidence['verified']['signer']): Record<string, string> {
  if (signer.kind === 'key') return {};
  const { names, claims } = signer;
  const [first] = names.toSorted((a, b) => nameKinds.indexOf(a.kind) - nameKinds.indexOf(b.kind));
  const issuer = claims.issuerV1 ?? signer.issuer;
  const known = Object.entries(claimNumbers).flatMap(([name, number]): [string, string][] => {
    const value = claims[name as keyof typeof claimNumbers] ?? '';
    return value === ''
      ? []
      : [
          [name, value],
          [`${fulcio}.${number}`, value],
        ];
  });
  return {
    Subject: first?.value ?? '',
    ...(issuer !== '' && { Issuer: issuer, [`${fulcio}.1`]: issuer }),
    ...Object.fromEntries(known),
  };
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
