import { type Clock, isAppError, type Logger } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import type { HttpHandler, ServedRequest, ServedResponse } from '../net/index.ts';
import { toAnswer } from './answer.ts';
import { timeFor, within } from './deadline.ts';
import { type AdmissionRules, decide } from './decide.ts';
import { admissionError } from './errors.ts';
import { parseReview, type Review } from './review.ts';
import type { Refusal, Tally } from './tally.ts';
import type { Purpose, Verdict } from './verdict.ts';

export interface AdmissionOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly tally: Tally;
  /** The rules of this moment. */
  readonly rules: () => AdmissionRules;
  /** Why nothing can be admitted now; undefined when it can. */
  readonly notReady: () => string | undefined;
  /** Reviews are taken only of clients whose certificate was checked. */
  readonly demandsClient: boolean;
  /** Reviews at the same time. */
  readonly maxReviews?: number;
}

const purposes: ReadonlyMap<string, Purpose> = new Map([
  ['/validate', 'validate'],
  ['/mutate', 'mutate'],
]);
const maxSize = 10 * 2 ** 20;
const presetReviews = 100;

/** Answers reviews at `/validate` and `/mutate`, and probes at `/healthz` and `/readyz`. */
export function makeHandler(options: AdmissionOptions): HttpHandler {
  let underWay = 0;
  return async (request) => {
    const purpose = purposes.get(request.url.pathname);
    if (purpose === undefined) return answerProbe(request, options);
    if (underWay >= (options.maxReviews ?? presetReviews)) return refuse('busy', 503, 'too many reviews', options);
    underWay++;
    try {
      return await answerReview(request, purpose, options);
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

async function answerReview(
  request: ServedRequest,
  purpose: Purpose,
  options: AdmissionOptions,
): Promise<ServedResponse> {
  const { clock, tally } = options;
  const start = performance.now();
  const time = timeFor(request.url.searchParams.get('timeout'));
  if (options.demandsClient && request.client === undefined) {
    return refuse('client', 403, 'the certificate of the client is missing or not of the authority', options);
  }
  if (request.method !== 'POST' || !/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    return refuse('not-a-review', 415, 'reviews are posted as application/json', options);
  }
  const bytes = await within(time, readBody(request.body));
  if (bytes === 'late')
    return refuseFor('slow', 408, admissionError('ADMISSION_REVIEW_SLOW', { data: { milliseconds: time } }), options);
  if (bytes === undefined)
    return refuseFor(
      'too-large',
      413,
      admissionError('ADMISSION_REVIEW_TOO_LARGE', { data: { limit: maxSize } }),
      options,
    );
  const review = tryParse(bytes);
  if (review instanceof Error) return refuseFor('malformed', 400, review, options);
  const milliseconds = time - (performance.now() - start);
  const verdict = await decide(review, purpose, options.rules(), { clock, milliseconds });
  tally.review(purpose, verdict.outcome);
  record(review, purpose, verdict, { ...options, milliseconds: Math.round(performance.now() - start) });
  return { status: 200, headers: { 'content-type': 'application/json' }, body: toAnswer(review.uid, verdict) };
}

/** The whole body; undefined when it is too large. */
async function readBody(body: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxSize) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tryParse(bytes: Buffer): Review | Error {
  try {
    return parseReview(bytes);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

/** The line of the audit log: every decision has one. */
function record(
  { uid, isDryRun, request, told }: Review,
  purpose: Purpose,
  verdict: Verdict,
  { log, milliseconds }: AdmissionOptions & { readonly milliseconds: number },
): void {
  const user = request === undefined || request instanceof Error ? undefined : request.user?.username;
  const { outcome, warnings } = verdict;
  const reason = outcome === 'allowed' ? undefined : verdict.message;
  const fields = {
    uid,
    purpose,
    outcome,
    ...told,
    ...(user !== undefined && { user }),
    ...(reason !== undefined && { reason }),
    ...(outcome === 'allowed' &&
      verdict.patches.length > 0 && { pinned: verdict.patches.map(({ image }) => image).join(' ') }),
    ...(warnings.length > 0 && { warnings: warnings.join('; ') }),
    ...(isDryRun && { dryRun: true }),
    milliseconds,
  };
  log.info('Admission', Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, visible(value)])));
}

const maxField = 4096;

function visible<T>(value: T): T | string {
  return typeof value === 'string' ? toVisibleLine(value.slice(0, maxField)) : value;
}

function refuseFor(why: Refusal, status: number, error: Error, options: AdmissionOptions): ServedResponse {
  const code = isAppError(error) ? `${error.code}: ` : '';
  return refuse(why, status, `${code}${error.message}`, options);
}

/** Not an answer that an API server can take for a decision: its failure policy decides. */
function refuse(why: Refusal, status: number, reason: string, { tally, log }: AdmissionOptions): ServedResponse {
  tally.refusal(why);
  log.warn('A review was refused', { why, status, reason: toVisibleLine(reason) });
  return plain(status, reason);
}

function plain(status: number, text: string): ServedResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status >= 400 && { connection: 'close' }) };
  return { status, headers, body: `${text}\n` };
}
