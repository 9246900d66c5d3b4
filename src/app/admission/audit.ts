import type { AuditRecord, Meter } from '../../admission/index.ts';
import { describeError, type Logger } from '../../core/index.ts';
import { openLineLog } from '../../disk/index.ts';
import { toJsonLine } from '../../kit/json-text.ts';
import type { ServeAdmissionInput } from './input.ts';

/** Takes decisions until it is closed. */
export interface AuditLog {
  readonly audit: (record: AuditRecord) => void;
  close(): Promise<void>;
}

/** Opens the audit log; undefined when the log has decisions. What cannot be written is counted and told. @throws DISK_* */
export async function openAudit(
  { audit: target }: ServeAdmissionInput,
  { log, meter }: { readonly log: Logger; readonly meter: Meter },
): Promise<AuditLog | undefined> {
  if (target === undefined) return undefined;
  const fail = (reason: string): void => {
    meter.lost('audit');
    log.warn('A decision could not be written to the audit log', { reason });
  };
  if (typeof target === 'function') {
    return { audit: (record) => target(toJsonLine(record)), close: async () => undefined };
  }
  const file = await openLineLog(target, { onFailure: (error) => fail(describeError(error)) });
  return {
    audit: (record) => {
      if (!file.write(toJsonLine(record))) fail('the file does not keep up');
    },
    close: () => file.close(),
  };
}
