import type { TrustedRoot } from '../../trust/index.ts';
import type { Reason, VerifiedTime } from '../answer.ts';
import { verifyError } from '../errors.ts';
import type { VerifyPolicy } from '../policy.ts';

export interface TimesRequest {
  readonly tokens: readonly Buffer[];
  readonly signature: Uint8Array;
  /** Times that logs vouch for. */
  readonly logTimes: readonly VerifiedTime[];
  readonly policy: VerifyPolicy;
  readonly notes: Reason[];
}

/**
 * When a signature was made, by every source that is trusted: stamps of authorities, and the times of logs unless
 * stamps were asked for. A certificate needs one at least; without a log and stamps to ask, it must be valid now.
 * @throws VERIFY_TIMESTAMP_*, VERIFY_TIME_MISSING, VERIFY_TRUST_MISSING
 */
export async function observeTimes(request: TimesRequest): Promise<VerifiedTime[]> {
  const { policy, logTimes } = request;
  const { timestampThreshold: wanted = 0, logThreshold = 1, signer } = policy;
  const isKey = signer.kind === 'key';
  const needsTimes = !isKey || signer.validity !== undefined;
  const stamps = wanted > 0 || needsTimes ? await readStamps(request, wanted) : [];
  const times = wanted > 0 ? stamps : [...logTimes, ...stamps];
  if (isKey || times.length > 0) return times;
  if (logThreshold > 0) throw verifyError('VERIFY_TIME_MISSING');
  return [{ source: 'clock', at: policy.now, authority: '' }];
}

/** Stamps nobody asked for may be of authorities that are not known. */
async function readStamps(
  { tokens, signature, policy, notes }: TimesRequest,
  threshold: number,
): Promise<VerifiedTime[]> {
  if (tokens.length === 0 && threshold === 0) return [];
  const trust: TrustedRoot | undefined = policy.trust;
  if (trust === undefined) throw verifyError('VERIFY_TRUST_MISSING', { data: { what: 'the timestamps' } });
  const { verifyTimestamps } = await import('./verify-timestamps.ts');
  return verifyTimestamps({ tokens, signature, trust, threshold, notes });
}
