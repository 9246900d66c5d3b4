import type { NotVerified, Reason, Verified, VerifyAnswer } from './answer.ts';
import { toReason } from './answer.ts';
import { verifyError } from './errors.ts';

/** What all the evidence of one artifact comes to. */
export type SignersAnswer = { readonly outcome: 'verified'; readonly verified: readonly Verified[] } | NotVerified;

/** Whether enough different signers are among the answers; several signatures of one count once. */
export function countSigners(answers: readonly VerifyAnswer[], threshold: number = 1): SignersAnswer {
  const verified = answers.filter((answer) => answer.outcome === 'verified');
  const found = new Set(verified.map(signerId)).size;
  if (threshold > 0 && found >= threshold) return { outcome: 'verified', verified };
  const reason = toReason(verifyError('VERIFY_SIGNERS', { data: { found, wanted: Math.max(threshold, 1) } }));
  const failures = answers.flatMap((answer): readonly Reason[] =>
    answer.outcome === 'verified' ? [] : answer.reasons,
  );
  return { outcome: 'not-verified', reasons: [reason, ...failures] };
}

/** What a person is told: that there are too few signers only where nothing says why. Undefined where there are no reasons. */
export function mainReason([first, next = first]: readonly Reason[]): Reason | undefined {
  return first?.code === 'VERIFY_SIGNERS' ? next : first;
}

/** Why an index is not accepted: one of the images in it is not. */
export function failedPlatform(image: {
  readonly digest: string;
  readonly platform: string;
  readonly reason: string;
}): Reason {
  const { digest, platform, reason } = image;
  const known = platform === '' ? 'an unnamed platform' : platform;
  return toReason(verifyError('VERIFY_PLATFORM', { data: { digest, platform: known, reason } }));
}

/** A person is the same with another certificate, a key is itself. */
function signerId({ signer }: Verified): string {
  if (signer.kind === 'key') return `key ${signer.id}`;
  return JSON.stringify([signer.issuer, ...signer.names.map(({ kind, value }) => `${kind} ${value}`).toSorted()]);
}
