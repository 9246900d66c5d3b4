import type { Logger } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import { nameOf } from '../policy/index.ts';
import { type AuditSink, toAuditRecord } from './audit.ts';
import type { Ruling } from './decide.ts';
import type { Meter } from './meter.ts';
import type { Review } from './review.ts';
import type { AdmissionEvent, EventSink, ReportSink } from './sinks.ts';
import type { Purpose, Verdict } from './verdict.ts';

/** Who is told of decisions. */
export interface Witnesses {
  readonly log: Logger;
  readonly meter: Meter;
  /** Has every decision in place of the log. */
  readonly audit?: AuditSink;
  readonly reports?: ReportSink;
  readonly events?: EventSink;
}

export interface Moment {
  readonly at: Date;
  readonly milliseconds: number;
}

const maxField = 4096;
const maxEvent = 1024;

/** Every decision is counted and recorded; of a dry run nothing else is told. */
export function record(review: Review, purpose: Purpose, ruling: Ruling, witnesses: Witnesses, moment: Moment): void {
  const { verdict, exemption } = ruling;
  const { operation, kind } = review.told;
  const { meter, log, audit } = witnesses;
  meter.review({
    purpose,
    outcome: verdict.outcome,
    operation,
    kind,
    milliseconds: moment.milliseconds,
    denials: verdict.denials,
    ...(exemption !== undefined && { exemption: exemption.kind }),
  });
  if (audit === undefined) log.info('Admission', toFields(review, purpose, ruling, moment));
  else audit(toAuditRecord(review, purpose, ruling, moment));
  if (exemption?.kind === 'break-glass') log.warn('The glass was broken', toFields(review, purpose, ruling, moment));
  if (!review.isDryRun) tell(review, purpose, ruling, witnesses, moment);
}

/** The line of the log. */
function toFields(
  { uid, isDryRun, request, told }: Review,
  purpose: Purpose,
  { verdict, exemption, would }: Ruling,
  { milliseconds }: Moment,
): Record<string, string | number | boolean> {
  const { outcome, warnings } = verdict;
  const user = request === undefined || request instanceof Error ? undefined : request.user?.username;
  const judged = would ?? verdict;
  const fields = {
    uid,
    purpose,
    outcome,
    ...told,
    ...(user !== undefined && { user }),
    ...(exemption !== undefined && { exemption: exemption.kind }),
    ...(exemption?.kind === 'break-glass' && { glassBrokenBy: exemption.by, glassBrokenFor: exemption.reason }),
    ...(would !== undefined && { would: would.outcome }),
    ...(judged.outcome !== 'allowed' && { reason: judged.message }),
    ...pinnedBy(verdict),
    ...(warnings.length > 0 && { warnings: warnings.join('; ') }),
    ...(isDryRun && { dryRun: true }),
    milliseconds: Math.round(milliseconds),
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, visible(value)]));
}

function pinnedBy(verdict: Verdict): { readonly pinned?: string } {
  if (verdict.outcome !== 'allowed' || verdict.patches.length === 0) return {};
  return { pinned: verdict.patches.map(({ image }) => image).join(' ') };
}

function visible<T>(value: T): T | string {
  return typeof value === 'string' ? toVisibleLine(value.slice(0, maxField)) : value;
}

/** Reports are of objects that are there, so of what is let in for good; events of what is not as policies ask. */
function tell(
  { request }: Review,
  purpose: Purpose,
  { verdict, exemption, would, decision }: Ruling,
  { reports, events }: Witnesses,
  { at }: Moment,
): void {
  if (request === undefined || request instanceof Error) return;
  const object = nameOf(request.object);
  const isLast = purpose === 'validate' && verdict.outcome === 'allowed' && request.subResource === undefined;
  if (isLast && decision !== undefined) {
    const { uid } = (request.object['metadata'] ?? {}) as { readonly uid?: unknown };
    reports?.report({ at, object, results: decision.results, ...(typeof uid === 'string' && { uid }) });
  }
  const judged = would ?? verdict;
  const say = (reason: AdmissionEvent['reason'], text: string): void => {
    events?.event({ at, object, type: 'Warning', reason, message: toVisibleLine(text).slice(0, maxEvent) });
  };
  if (exemption?.kind === 'break-glass') say('BreakGlass', `${exemption.by}: ${exemption.reason}`);
  // Under audit both purposes see the same; one event is enough.
  if (judged.outcome === 'allowed' || (exemption !== undefined && purpose === 'mutate')) return;
  say(judged.outcome === 'denied' ? 'PolicyViolation' : 'PolicyError', judged.message);
}
