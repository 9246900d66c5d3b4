import * as z from 'zod';
import { advisoryError } from '../errors.ts';

/** An OSV record (ossf/osv-schema 1.x) as far as it is read; what is not stated is empty. */
export interface OsvRecord {
  readonly id: string;
  readonly modified?: string | undefined;
  readonly published?: string | undefined;
  /** Set when the record no longer holds. */
  readonly withdrawn?: string | undefined;
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
  readonly related: readonly string[];
  readonly summary?: string | undefined;
  readonly details?: string | undefined;
  readonly severity: readonly OsvSeverity[];
  readonly references: readonly string[];
  /** `database_specific.severity` and `database_specific.cwe_ids`. */
  readonly declaredSeverity?: string | undefined;
  readonly cweIds: readonly string[];
  readonly affected: readonly OsvAffected[];
}

export interface OsvSeverity {
  readonly type: string;
  readonly score: string;
}

export interface OsvAffected {
  /** Absent where a record speaks of commits alone. */
  readonly package?: { readonly ecosystem: string; readonly name: string } | undefined;
  readonly ranges: readonly OsvRange[];
  readonly versions: readonly string[];
  readonly severity: readonly OsvSeverity[];
}

export interface OsvRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM' | 'GIT';
  readonly events: readonly OsvEvent[];
}

export interface OsvEvent {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
  readonly version: string;
}

/** A list that may be left out or null, as some exporters write an empty one. */
function list<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

/** Fields that only describe are left out when they are of another type. */
const description = z.string().optional().catch(undefined);
const severities = list(z.object({ type: z.string(), score: z.string() })).catch([]);

const event = z.record(z.string(), z.string()).transform((fields, context): OsvEvent => {
  const [[kind, version] = ['', ''], ...more] = Object.entries(fields);
  if (more.length === 0 && isEventKind(kind)) return { kind, version };
  context.addIssue({ code: 'custom', message: 'an event is one of introduced, fixed, last_affected and limit' });
  return z.NEVER;
});

const record = z
  .object({
    id: z.string().min(1),
    modified: description,
    published: description,
    withdrawn: description,
    aliases: list(z.string()),
    upstream: list(z.string()),
    related: list(z.string()).catch([]),
    summary: description,
    details: description,
    severity: severities,
    references: list(z.object({ url: z.string() })).catch([]),
    database_specific: z
      .object({ severity: description, cwe_ids: list(z.string()).catch([]) })
      .optional()
      .catch(undefined),
    affected: list(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string().min(1) }).optional(),
        ranges: list(z.object({ type: z.enum(['SEMVER', 'ECOSYSTEM', 'GIT']), events: z.array(event) })),
        versions: list(z.string()),
        severity: severities,
      }),
    ),
  })
  .transform(
    ({ database_specific: own, references, ...rest }): OsvRecord => ({
      ...rest,
      references: references.map(({ url }) => url),
      declaredSeverity: own?.severity,
      cweIds: own?.cwe_ids ?? [],
    }),
  );

/** Reads a record; `name` is for messages only. @throws ADVISORIES_RECORD_INVALID */
export function parseRecord(bytes: Buffer, name: string): OsvRecord {
  const fail = (reason: string, cause?: unknown): never => {
    throw advisoryError('ADVISORIES_RECORD_INVALID', { data: { name, reason }, cause });
  };
  const parsed = record.safeParse(parseJson(bytes) ?? fail('it is not JSON'));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return fail(`${issue?.path.join('.') || 'the record'}: ${issue?.message}`, parsed.error);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isEventKind(kind: string): kind is OsvEvent['kind'] {
  return kind === 'introduced' || kind === 'fixed' || kind === 'last_affected' || kind === 'limit';
}
