import { AppError, type ErrorData, isAppError } from '../core/index.ts';
import type { Statement } from '../envelope/index.ts';
import type { Claims, SubjectName } from '../trust/index.ts';

/** What verification found: evidence that holds, or why it does not. */
export type VerifyAnswer = Verified | NotVerified;

export interface Verified {
  readonly outcome: 'verified';
  readonly signer: VerifiedSigner;
  /** When it was signed, by everything that may tell; empty when a key alone was enough. */
  readonly times: readonly VerifiedTime[];
  readonly logs: readonly VerifiedLogEntry[];
  /** How the evidence is written: a Sigstore bundle, or cosign's older annotations. */
  readonly layout: 'bundle' | 'legacy';
  /** What was signed, when it is a statement. */
  readonly statement?: Statement;
  /** What did not count and did not matter, such as entries of logs that are not known. */
  readonly notes: readonly Reason[];
}

export interface NotVerified {
  readonly outcome: 'not-verified';
  /** The check that failed, then what was skipped before it. */
  readonly reasons: readonly [Reason, ...Reason[]];
}

export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly data: ErrorData;
}

export type VerifiedSigner =
  /** `id` is the SHA-256 of the key's SubjectPublicKeyInfo in hexadecimal. */
  | { readonly kind: 'key'; readonly id: string }
  | {
      readonly kind: 'certificate';
      readonly names: readonly SubjectName[];
      readonly issuer: string;
      readonly claims: Claims;
      /** In DER. */
      readonly certificate: Buffer;
    };

export interface VerifiedTime {
  readonly source: 'timestamp-authority' | 'log' | 'clock';
  readonly at: Date;
  /** Address of the authority or log. */
  readonly authority: string;
}

export interface VerifiedLogEntry {
  readonly url: string;
  /** In hexadecimal. */
  readonly logId: string;
  readonly index: number;
  readonly kind: string;
}

export function toReason({ code, message, hint, data }: AppError): Reason {
  return { code, message, hint, data };
}

/** The reason as an error, for those who end with one. */
export function toError({ code, message, hint, data }: Reason): AppError {
  return new AppError(code, { message, hint }, { data });
}

/** The answer of `check`; what it throws with a code becomes the reason. */
export async function answerOf(check: (notes: Reason[]) => Promise<VerifyAnswer>): Promise<VerifyAnswer> {
  const notes: Reason[] = [];
  try {
    return await check(notes);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { outcome: 'not-verified', reasons: [toReason(error), ...notes] };
  }
}
