import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';

/** What logs and timestamps an entry demands; without `rekor` and `ctlog` both logs are demanded. @throws POLICY_INVALID */
export function readProof(fields: Fields, entry: Fields): Omit<Proof, 'by'> {
  const rekor = fields.fields('rekor');
  const ctlog = fields.fields('ctlog');
  const timestampChain = ctlog?.text('tsaCertChain');
  assertAlgorithm(fields, entry);
  return {
    log: demandOf(rekor, 'ignoreTlog'),
    certificateLog: demandOf(ctlog, 'ignoreSCT'),
    ...(timestampChain ? { timestamp: { chain: timestampChain } } : {}),
  };
}

function demandOf(fields: Fields | undefined, ignore: string): Proof['log'] {
  const key = fields?.text('pubkey');
  return { required: !(fields?.boolean(ignore, false) ?? false), ...(key ? { key } : {}) };
}

/** Which hash is used follows from the key; a name that is none is a mistake in the policy. */
function assertAlgorithm(...all: readonly Fields[]): void {
  for (const fields of all) fields.choice('signatureAlgorithm', ['sha224', 'sha256', 'sha384', 'sha512']);
}
