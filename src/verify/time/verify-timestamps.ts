import { isAppError } from '../../core/index.ts';
import type { TrustedRoot } from '../../trust/index.ts';
import { type Reason, toReason, type VerifiedTime } from '../answer.ts';
import { verifyError } from '../errors.ts';
import { verifyTimestamp } from './verify-timestamp.ts';

export interface TimestampsRequest {
  readonly tokens: readonly Buffer[];
  readonly signature: Uint8Array;
  readonly trust: TrustedRoot;
  /** How many different authorities must have stamped the signature. */
  readonly threshold: number;
  readonly notes: Reason[];
}

/** All times that trusted authorities state: a certificate must have been valid at each. @throws VERIFY_TIMESTAMP_THRESHOLD, or the reason when it is one token */
export function verifyTimestamps({ tokens, signature, trust, threshold, notes }: TimestampsRequest): VerifiedTime[] {
  const times: VerifiedTime[] = [];
  const failures: Reason[] = [];
  for (const token of tokens) {
    try {
      const { at, authority } = verifyTimestamp(token, signature, trust.timestampAuthorities);
      times.push({ source: 'timestamp-authority', at, authority });
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (tokens.length === 1 && threshold > 0) throw error;
      failures.push(toReason(error));
    }
  }
  notes.push(...failures);
  // Several stamps of one authority are worth one.
  const found = new Set(times.map(({ authority }) => authority)).size;
  if (found >= threshold) return times;
  throw verifyError('VERIFY_TIMESTAMP_THRESHOLD', { data: { found, wanted: threshold } });
}
