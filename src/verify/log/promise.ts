import type { LogEntry } from '../../envelope/index.ts';
import { isWithin, type TrustedLog, verifySignature } from '../../trust/index.ts';
import { verifyError } from '../errors.ts';

/**
 * Checks the promise of Rekor 1 to include an entry (SET), which is what vouches for the entry's time.
 * @throws VERIFY_LOG_WINDOW, VERIFY_PROMISE_SIGNATURE, TRUST_KEY_*
 */
export async function assertPromised(entry: LogEntry, promise: Buffer, log: TrustedLog): Promise<Date> {
  const { logIndex, integratedTime = 0, body, logId } = entry;
  const time = new Date(integratedTime * 1000);
  if (!isWithin(log.validity, time)) {
    throw verifyError('VERIFY_LOG_WINDOW', { data: { index: logIndex, time: time.toISOString() } });
  }
  // Canonical JSON (RFC 8785) of just these fields, which are in order already.
  const fields = { body: body.toString('base64'), integratedTime, logID: logId.toString('hex'), logIndex };
  const { key, scheme } = log.key();
  if (await verifySignature(key, scheme, { message: Buffer.from(JSON.stringify(fields)) }, promise)) return time;
  throw verifyError('VERIFY_PROMISE_SIGNATURE', { data: { index: logIndex } });
}
