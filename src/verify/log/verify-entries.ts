import { isAppError } from '../../core/index.ts';
import type { LogEntry } from '../../envelope/index.ts';
import { type Certificate, isWithin, type TrustedLog, type TrustedRoot } from '../../trust/index.ts';
import { type Reason, toReason, type VerifiedLogEntry, type VerifiedTime } from '../answer.ts';
import { verifyError } from '../errors.ts';
import { assertIncluded } from './inclusion.ts';
import { assertMatches, type EntrySubject } from './match.ts';
import { assertPromised } from './promise.ts';

export interface EntriesRequest {
  readonly entries: readonly LogEntry[];
  readonly trust: TrustedRoot;
  readonly subject: EntrySubject;
  readonly certificate?: Certificate;
  /** How many different logs must have the signature. */
  readonly threshold: number;
  /** Is told of entries that do not count. */
  readonly notes: Reason[];
}

export interface VerifiedEntries {
  readonly logs: readonly VerifiedLogEntry[];
  readonly times: readonly VerifiedTime[];
}

/**
 * Checks every entry of a log that is trusted, and leaves out those of others, as well as those whose promise does not
 * hold. @throws VERIFY_LOG_*, VERIFY_ENTRY_*, VERIFY_CHECKPOINT_*, VERIFY_INCLUSION_PROOF
 */
export async function verifyEntries(request: EntriesRequest): Promise<VerifiedEntries> {
  const { entries, threshold } = request;
  assertDistinct(entries);
  const logs: VerifiedLogEntry[] = [];
  const times: VerifiedTime[] = [];
  for (const entry of entries) {
    const log = findLog(entry, request);
    if (log === undefined) continue;
    const time = await verifyEntry(entry, log, request);
    if (time === 'skipped') continue;
    const logId = entry.logId.toString('hex');
    if (time !== undefined && !times.some(({ authority }) => authority === log.url)) {
      times.push({ source: 'log', at: time, authority: log.url });
    }
    logs.push({ url: log.url, logId, index: entry.logIndex, kind: `${entry.kind} ${entry.version}` });
  }
  const found = new Set(logs.map(({ logId }) => logId)).size;
  if (found < threshold) throw verifyError('VERIFY_LOG_THRESHOLD', { data: { found, wanted: threshold } });
  return { logs, times };
}

/** An entry that comes twice must not count twice. */
function assertDistinct(entries: readonly LogEntry[]): void {
  const names = new Set(entries.map(({ logId, logIndex }) => `${logId.toString('hex')} ${logIndex}`));
  if (names.size !== entries.length) throw verifyError('VERIFY_LOG_DUPLICATE');
}

function findLog(entry: LogEntry, { trust, notes }: EntriesRequest): TrustedLog | undefined {
  const log = trust.logs.find(({ id }) => id.equals(entry.logId));
  if (log === undefined) {
    const data = { index: entry.logIndex, log: entry.logId.toString('hex').slice(0, 64) };
    notes.push(toReason(verifyError('VERIFY_LOG_UNKNOWN', { data })));
  }
  return log;
}

/** The time that the log vouches for, if it does; `skipped` when the entry does not count. */
async function verifyEntry(
  entry: LogEntry,
  log: TrustedLog,
  { subject, certificate, notes }: EntriesRequest,
): Promise<Date | undefined | 'skipped'> {
  const { promise, proof, logIndex: index } = entry;
  if (promise === undefined && proof === undefined) throw verifyError('VERIFY_LOG_UNPROVEN', { data: { index } });
  let time: Date | undefined;
  try {
    if (promise !== undefined) time = await assertPromised(entry, promise, log);
  } catch (error) {
    if (!isAppError(error)) throw error;
    notes.push(toReason(error));
    return 'skipped';
  }
  if (proof !== undefined) await assertIncluded(entry, proof, log);
  assertMatches(entry, subject);
  assertTimely(entry, certificate);
  return time;
}

/** Even a time that nobody vouches for must not contradict the certificate. */
function assertTimely({ integratedTime, logIndex: index }: LogEntry, certificate: Certificate | undefined): void {
  if (integratedTime === undefined || certificate === undefined) return;
  const time = new Date(integratedTime * 1000);
  if (isWithin({ start: certificate.notBefore, end: certificate.notAfter }, time)) return;
  throw verifyError('VERIFY_ENTRY_TIME', { data: { index, time: time.toISOString() } });
}
