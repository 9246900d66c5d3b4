import type { Compat } from './compat.ts';
import type { PolicyConverter } from './convert/portable.ts';
import type { JsonObject } from './model/json.ts';
import type { Policy } from './model/policy.ts';

/** A language of policies; small, because all are loaded to find the one of a file. */
export interface PolicyDialect {
  /** Its folder's name. */
  readonly id: string;
  readonly title: string;
  /** Whether a document of a file is written in it. */
  readonly recognizes: (document: JsonObject) => boolean;
  readonly load: () => Promise<ParsePolicies>;
  /** How its policies become those of other dialects; none where too little has a counterpart. */
  readonly convert?: () => Promise<PolicyConverter>;
}

/** Reads all documents of a dialect together, with what the peer does where that is asked for. @throws POLICY_* */
export type ParsePolicies = (documents: readonly JsonObject[], compat: Compat) => readonly Policy[];
