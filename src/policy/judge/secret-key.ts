import type { Reason } from '../../verify/index.ts';
import { factMissing } from '../errors.ts';
import { textsAt } from '../model/json.ts';
import type { Proof } from '../model/need.ts';
import type { SecretKey, SignatureRequirement } from '../model/policy.ts';
import type { Asks } from './asks.ts';

/** What cosign calls the public key in a secret. */
const usualEntry = 'cosign.pub';

/** A proof whose key is at hand, or why it is not. */
export type ProofAtHand =
  | { readonly kind: 'proof'; readonly proof: Proof }
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** The proof with the key of its secret; undefined while the secret has to be asked for. */
export function withSecretKey({ proof, keyFrom }: SignatureRequirement, asks: Asks): ProofAtHand | undefined {
  if (keyFrom === undefined) return { kind: 'proof', proof };
  const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'Secret', ...keyFrom });
  if (fact === undefined || fact.kind === 'unknown') return fact;
  const data = textsAt(fact.object, 'data');
  // Other tools call it otherwise; what is alone in its secret is the key all the same.
  const [only, ...more] = Object.values(data);
  const encoded = data[usualEntry] ?? (more.length === 0 ? only : undefined);
  if (encoded === undefined) return { kind: 'unknown', reason: missing(keyFrom) };
  const pem = Buffer.from(encoded, 'base64').toString('utf8');
  return { kind: 'proof', proof: { ...proof, by: { kind: 'key', pem } } };
}

function missing({ namespace, name }: SecretKey): Reason {
  const { code, message, hint, data } = factMissing(`The key ${usualEntry} of the secret ${namespace}/${name}`);
  return { code, message, hint, data };
}
