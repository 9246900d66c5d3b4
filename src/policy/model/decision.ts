import type { Digest } from '../../core/index.ts';
import type { ObjectName } from './request.ts';

/** Whether a request is let in, by every rule of every policy, with reasons. */
export interface Decision {
  readonly allowed: boolean;
  readonly object: ObjectName;
  readonly results: readonly RuleResult[];
  /** Images to pin, when the request is let in. */
  readonly patches: readonly ImagePatch[];
}

/** What became of one rule. */
export interface RuleResult {
  readonly policy: PolicyName;
  readonly rule: string;
  /** `warn`: a failure that neither denies nor counts. `error`: it could not be judged. */
  readonly outcome: Outcome;
  /** Whether this keeps the request out. */
  readonly denies: boolean;
  readonly message: string;
  readonly images: readonly ImageResult[];
}

export const outcomes = ['pass', 'fail', 'warn', 'error', 'skip'] as const;
export type Outcome = (typeof outcomes)[number];

export interface PolicyName {
  readonly dialect: string;
  readonly kind: string;
  readonly name: string;
  /** Of policies that hold for one namespace. */
  readonly namespace?: string;
  /** `policies.kyverno.io/severity` and its like. */
  readonly category?: string;
  readonly severity?: string;
}

/** One image under one rule. */
export interface ImageResult {
  /** As the policy's language writes it. */
  readonly image: string;
  /** JSON pointers of the places where it stands. */
  readonly pointers: readonly string[];
  readonly outcome: 'pass' | 'fail' | 'skip' | 'error';
  readonly message: string;
  readonly digest?: Digest;
  /** What is not known of an image that is let in all the same. */
  readonly warnings?: readonly string[];
  /** What was demanded and whether it held, in the order of the policy. */
  readonly checks: readonly Check[];
}

/** One demand, for example an attestor. */
export interface Check {
  /** Its place in the policy, for example `.attestors[0].entries[1].keys`. */
  readonly at: string;
  readonly holds: boolean;
  /** What is demanded, in words. */
  readonly demand: string;
  /** Why it does not hold, or who signed. */
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
}

/** What one piece of evidence came to. */
export interface Finding {
  readonly code: string;
  readonly message: string;
}

/** A container's image to be replaced. */
export interface ImagePatch {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly image: string;
}
