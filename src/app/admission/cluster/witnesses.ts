import { randomUUID } from 'node:crypto';
import type { AdmissionRules, EventSink, Meter, ReportSink } from '../../../admission/index.ts';
import type { AppContext } from '../../context.ts';
import type { ServeAdmissionInput } from '../input.ts';
import { EventWriter } from './events.ts';
import { keepRechecking } from './recheck.ts';
import { ReportWriter } from './reports.ts';
import type { ClusterSource } from './source.ts';

/** Who is told what policies say, and when all of it has come to an end. */
export interface ClusterWitnesses {
  readonly reports?: ReportSink;
  readonly events?: EventSink;
  readonly done: Promise<void>;
}

interface WitnessContext {
  readonly source: ClusterSource | undefined;
  readonly context: AppContext;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  readonly rules: () => AdmissionRules;
}

/** Writers of reports and events, as far as they are asked for, and the rechecks that tell them. */
export function openWitnesses(
  { cluster, setting }: ServeAdmissionInput,
  { source, context, meter, signal, rules }: WitnessContext,
): ClusterWitnesses {
  if (cluster === undefined || source === undefined) return { done: Promise.resolve() };
  const { client } = source;
  const { log, clock } = context;
  const reports = cluster.reports === true ? new ReportWriter(client, { log, meter, signal }) : undefined;
  const events =
    cluster.events === true ? new EventWriter(client, { log, meter, signal }, `plimsoll-${randomUUID()}`) : undefined;
  const { recheckEvery } = cluster;
  const { excludedNamespaces = [] } = setting ?? {};
  const ignore = (): void => undefined;
  const told = { report: reports?.report ?? ignore, event: events?.event ?? ignore };
  const done =
    recheckEvery === undefined
      ? Promise.resolve()
      : keepRechecking(recheckEvery, { client, clock, log, meter, signal, rules, excludedNamespaces, ...told });
  return { done, ...(reports !== undefined && { reports }), ...(events !== undefined && { events }) };
}
