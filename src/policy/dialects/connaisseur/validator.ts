import { policyError } from '../../errors.ts';
import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { PolicyNote } from '../../model/policy.ts';
import { readTrustRoot, type TrustRoot } from './trust-root.ts';

export type Validator = StaticValidator | CosignValidator;

export interface StaticValidator {
  readonly kind: 'static';
  readonly name: string;
  readonly approve: boolean;
}

export interface CosignValidator {
  readonly kind: 'cosign';
  readonly name: string;
  readonly trustRoots: readonly TrustRoot[];
  /** Keys and authorities that stand in for those of the trusted root. */
  readonly given: {
    readonly authorities?: string;
    readonly logKey?: string;
    readonly certificateLogKey?: string;
  };
  readonly notes: readonly PolicyNote[];
}

const unsupported = ['notaryv1', 'notation'] as const;

/** @throws POLICY_VALIDATOR_UNSUPPORTED, POLICY_INVALID, POLICY_KEY_* */
export function readValidator(fields: Fields): Validator {
  const name = fields.required('name');
  const type = fields.choice('type', ['static', 'cosign', ...unsupported]);
  switch (type) {
    case undefined:
      throw fields.invalid('type', 'is missing');
    case 'static':
      return { kind: 'static', name, approve: fields.boolean('approve', false) };
    case 'cosign':
      return readCosign(fields, name);
    default:
      throw policyError('POLICY_VALIDATOR_UNSUPPORTED', { data: { validator: name, type } });
  }
}

function readCosign(fields: Fields, name: string): CosignValidator {
  const trustRoots = fields.items('trustRoots').map(readTrustRoot);
  if (trustRoots.length === 0) throw fields.invalid('trustRoots', 'is empty');
  return { kind: 'cosign', name, trustRoots, given: readHost(fields), notes: notesOf(fields) };
}

/** In version 2 `host` is the address of the log alone. */
function readHost(fields: Fields): CosignValidator['given'] {
  if (typeof fields.raw('host') === 'string') return {};
  const host = fields.fields('host');
  const [authorities, logKey, certificateLogKey] = ['fulcioCert', 'rekorPubkey', 'ctLogPubkey'].map((key) =>
    host?.text(key),
  );
  return {
    ...(authorities ? { authorities } : {}),
    ...(logKey ? { logKey } : {}),
    ...(certificateLogKey ? { certificateLogKey } : {}),
  };
}

/** Logs in Connaisseur's terms, as a demand on signatures. */
export function proofOf(
  { given }: CosignValidator,
  { log, certificateLog }: { readonly log: boolean; readonly certificateLog: boolean },
): Omit<Proof, 'by'> {
  const { authorities, logKey, certificateLogKey } = given;
  return {
    log: { required: log, ...(logKey !== undefined && { key: logKey }) },
    certificateLog: { required: certificateLog, ...(certificateLogKey !== undefined && { key: certificateLogKey }) },
    ...(authorities !== undefined && { authorities }),
  };
}

function notesOf(fields: Fields): PolicyNote[] {
  return ['auth', 'cert']
    .filter((name) => fields.has(name))
    .map((name) => ({
      level: 'ignored',
      at: fields.at(name),
      message: 'is not used; logins and authorities of registries come from the configuration of this program',
    }));
}
