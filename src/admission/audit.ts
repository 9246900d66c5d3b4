import { redact } from '../kit/redact.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import { formatPolicyName, type ImageResult, type RuleResult } from '../policy/index.ts';
import type { Ruling } from './decide.ts';
import type { FactOrigin } from './meter.ts';
import type { Review } from './review.ts';
import type { Purpose, Verdict } from './verdict.ts';

/** One decision, as it is kept. Texts have no control characters, no secrets, and a bound. */
export interface AuditRecord {
  readonly time: string;
  readonly uid: string;
  readonly purpose: Purpose;
  /** What was answered. */
  readonly verdict: Verdict['outcome'];
  /** Why it was let in whatever policies say, and what they say. */
  readonly exemption?: { readonly kind: string; readonly by?: string; readonly reason?: string };
  readonly would?: Verdict['outcome'];
  readonly operation: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly subResource?: string;
  readonly user?: string;
  readonly dryRun?: true;
  /** The message of a denial, also of one that was not made. */
  readonly message?: string;
  readonly reasons: readonly AuditReason[];
  readonly images: readonly AuditImage[];
  /** Images as they were written into the object. */
  readonly pinned?: readonly string[];
  /** Reasons, images or pins were left out. */
  readonly isShortened?: true;
  readonly cache: Readonly<Partial<Record<FactOrigin, number>>>;
  readonly milliseconds: number;
}

interface AuditReason {
  readonly policy: string;
  readonly rule: string;
  readonly outcome: string;
  readonly denies: boolean;
  readonly message: string;
}

interface AuditImage {
  readonly image: string;
  readonly digest?: string;
  readonly outcome: string;
}

/** Takes records; neither waits nor fails. */
export type AuditSink = (record: AuditRecord) => void;

const most = { reasons: 50, images: 100, text: 1024, message: 4096 };

/** What is kept of a decision. Rules that were not about the request are left out. */
export function toAuditRecord(
  { uid, isDryRun, request, told }: Review,
  purpose: Purpose,
  { verdict, exemption, would, decision, facts }: Ruling,
  { at, milliseconds }: { readonly at: Date; readonly milliseconds: number },
): AuditRecord {
  const judged = would ?? verdict;
  const results = (decision?.results ?? []).filter(({ outcome }) => outcome !== 'skip');
  const images = distinct(results.flatMap((result) => result.images));
  const pinned = verdict.outcome === 'allowed' ? verdict.patches.map(({ image }) => clean(image)) : [];
  const asked = request === undefined || request instanceof Error ? undefined : request;
  const isShortened = results.length > most.reasons || images.length > most.images || pinned.length > most.images;
  return {
    time: at.toISOString(),
    uid: clean(uid),
    purpose,
    verdict: verdict.outcome,
    ...(exemption !== undefined && { exemption: toExemption(exemption) }),
    ...(would !== undefined && { would: would.outcome }),
    operation: clean(told.operation),
    kind: clean(told.kind),
    namespace: clean(told.namespace),
    name: clean(told.name),
    ...(asked?.subResource !== undefined && { subResource: clean(asked.subResource) }),
    ...(asked?.user !== undefined && { user: clean(asked.user.username) }),
    ...(isDryRun && { dryRun: true }),
    ...(judged.outcome !== 'allowed' && { message: clean(judged.message, most.message) }),
    reasons: results.slice(0, most.reasons).map(toReason),
    images: images.slice(0, most.images),
    ...(pinned.length > 0 && { pinned: pinned.slice(0, most.images) }),
    ...(isShortened && { isShortened }),
    cache: facts,
    milliseconds: Math.round(milliseconds * 100) / 100,
  };
}

function toExemption(exemption: NonNullable<Ruling['exemption']>): NonNullable<AuditRecord['exemption']> {
  if (exemption.kind !== 'break-glass') return { kind: exemption.kind };
  return { kind: exemption.kind, by: clean(exemption.by), reason: clean(exemption.reason) };
}

function toReason({ policy, rule, outcome, denies, message }: RuleResult): AuditReason {
  return { policy: clean(formatPolicyName(policy)), rule: clean(rule), outcome, denies, message: clean(message) };
}

/** An image once, by the worst of what rules say. */
function distinct(results: readonly ImageResult[]): AuditImage[] {
  const order = ['error', 'fail', 'pass', 'skip'];
  const byImage = Map.groupBy(results, ({ image }) => image);
  return [...byImage].map(([image, same]) => {
    const digest = same.find((result) => result.digest !== undefined)?.digest;
    const outcome = order.find((word) => same.some((result) => result.outcome === word)) ?? 'error';
    return { image: clean(image), ...(digest !== undefined && { digest }), outcome };
  });
}

function clean(text: string, limit: number = most.text): string {
  return redact(toVisibleLine(text.slice(0, limit).toWellFormed()));
}
