import type { ObjectName, RuleResult } from '../policy/index.ts';

/** What policies say of an object that was let in. */
export interface JudgedObject {
  readonly at: Date;
  readonly object: ObjectName;
  /** Of the object; undefined before it is made. */
  readonly uid?: string;
  readonly results: readonly RuleResult[];
}

/** Keeps what policies say of objects, for example as PolicyReports. Neither waits nor fails. */
export interface ReportSink {
  report(judged: JudgedObject): void;
}

export interface AdmissionEvent {
  readonly at: Date;
  readonly object: ObjectName;
  readonly type: 'Normal' | 'Warning';
  readonly reason: 'PolicyViolation' | 'PolicyError' | 'BreakGlass';
  /** One line, at most 1024 characters. */
  readonly message: string;
}

/** Tells what happened where people look, for example as Events of Kubernetes. Neither waits nor fails. */
export interface EventSink {
  event(event: AdmissionEvent): void;
}
