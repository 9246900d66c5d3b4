import { type Clock, isAppError, type Logger } from '../core/index.ts';
import { Budget } from '../kit/budget.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import type { HttpHandler, ServedRequest, ServedResponse } from '../net/index.ts';
import { toAnswer } from './answer.ts';
import type { AuditSink } from './audit.ts';
import { readBody, type Unread } from './body.ts';
import { timeFor } from './deadline.ts';
import { type AdmissionRules, decide } from './decide.ts';
import { admissionError } from './errors.ts';
import type { Meter } from './meter.ts';
import { record } from './record.ts';
import { plain, type RefusalWitness, refuse, sparing } from './refusal.ts';
import { parseReview } from './review.ts';
import { type AdmissionSetting, usualSetting } from './setting.ts';
import type { EventSink, ReportSink } from './sinks.ts';
import type { Purpose } from './verdict.ts';

export interface AdmissionOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly meter: Meter;
  readonly audit?: AuditSink;
  readonly reports?: ReportSink;
  readonly events?: EventSink;
  /** Policies are enforced, and all objects pinned, unless this says otherwise. */
  readonly setting?: AdmissionSetting;
  /** The rules of this moment. */
  readonly rules: () => AdmissionRules;
  /** Why nothing can be admitted now; undefined when it can. */
  readonly notReady: () => string | undefined;
  /** Reviews are taken only of clients whose certificate was checked, and that have one of the names when some are given. */
  readonly clients?: { readonly names: readonly string[] };
  readonly bounds?: AdmissionBounds;
}

export interface AdmissionBounds {
  /** Reviews at the same time. */
  readonly reviews?: number;
  /** Bytes of one review. */
  readonly size?: number;
  /** Bytes of all reviews that are under way. */
  readonly room?: number;
}

/** As it is while it serves. */
interface Serving extends AdmissionOptions {
  readonly witness: RefusalWitness;
}

const purposes: ReadonlyMap<string, Purpose> = new Map([
  ['/validate', 'validate'],
  ['/mutate', 'mutate'],
]);
const presets = { reviews: 100, size: 10 * 2 ** 20, room: 32 * 2 ** 20 };

/** Answers reviews at `/validate` and `/mutate`, and probes at `/healthz` and `/readyz`. */
export function makeHandler(given: AdmissionOptions): HttpHandler {
  const log = sparing(given.log, () => given.clock.now().getTime());
  const options: Serving = { ...given, witness: { meter: given.meter, log } };
  const bounds = { ...presets, ...options.bounds };
  const room = new Budget(bounds.room);
  let underWay = 0;
  return async (request) => {
    const purpose = purposes.get(request.url.pathname);
    if (purpose === undefined) return answerProbe(request, options);
    const refusal = whyRefused(request, options);
    if (refusal !== undefined) return refusal;
    if (underWay >= bounds.reviews) return refuse('busy', 'too many reviews', options.witness);
    underWay++;
    try {
      return await answerReview(request, purpose, { ...options, size: bounds.size, room });
    } finally {
      underWay--;
    }
  };
}

function answerProbe({ url, method }: ServedRequest, { notReady }: AdmissionOptions): ServedResponse {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'GET');
  if (url.pathname === '/healthz') return plain(200, 'ok');
  if (url.pathname !== '/readyz') return plain(404, 'there is nothing here');
  const reason = notReady();
  return reason === undefined ? plain(200, 'ok') : plain(503, toVisibleLine(reason));
}

/** Who may not ask, or asks for nothing, has no byte of the body read. */
function whyRefused({ client, method, headers }: ServedRequest, options: Serving): ServedResponse | undefined {
  const { clients } = options;
  if (clients !== undefined && client === undefined) {
    return refuse('client', 'the certificate of the client is missing or not of the authority', options.witness);
  }
  if (clients !== undefined && clients.names.length > 0 && !clients.names.some((name) => client?.isNamed(name))) {
    return refuse('client-name', 'the certificate of the client has none of the names that may ask', options.witness);
  }
  if (method === 'POST' && /^application\/json\b/.test(headers['content-type'] ?? '')) return undefined;
  return refuse('not-a-review', 'reviews are posted as application/json', options.witness);
}

interface Reading extends Serving {
  readonly size: number;
  readonly room: Budget;
}

async function answerReview(request: ServedRequest, purpose: Purpose, options: Reading): Promise<ServedResponse> {
  const start = performance.now();
  const time = timeFor(request.url.searchParams.get('timeout'));
  const { bytes, release } = await readBody(request.body, { ...options, milliseconds: time });
  try {
    if (typeof bytes === 'string') return refuseBody(bytes, time, options);
    const review = tryParse(bytes);
    if (review instanceof Error) return refuse('malformed', review, options.witness);
    const milliseconds = time - (performance.now() - start);
    const { clock, setting = usualSetting } = options;
    const ruling = await decide(review, purpose, options.rules(), { clock, milliseconds, setting });
    record(review, purpose, ruling, options, { at: clock.now(), milliseconds: performance.now() - start });
    return { status: 200, headers: { 'content-type': 'application/json' }, body: toAnswer(review.uid, ruling.verdict) };
  } finally {
    release();
  }
}

function refuseBody(why: Unread, milliseconds: number, options: Reading): ServedResponse {
  switch (why) {
    case 'late':
      return refuse('slow', admissionError('ADMISSION_REVIEW_SLOW', { data: { milliseconds } }), options.witness);
    case 'too-large':
      return refuse(
        'too-large',
        admissionError('ADMISSION_REVIEW_TOO_LARGE', { data: { limit: options.size } }),
        options.witness,
      );
    case 'no-room':
      return refuse('no-room', admissionError('ADMISSION_NO_ROOM'), options.witness);
  }
}

function tryParse(bytes: Buffer): ReturnType<typeof parseReview> | ReturnType<typeof admissionError> {
  try {
    return parseReview(bytes);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}
