import type { Fields } from '../../model/fields.ts';
import type { SecretKey } from '../../model/policy.ts';
import { absentKey, readPublicKey } from '../../model/public-key.ts';

/** A key of an attestor: its text, or why it cannot be had. */
export type AttestorKey =
  | { readonly kind: 'pem'; readonly pem: string }
  | ({ readonly kind: 'secret' } & SecretKey)
  | { readonly kind: 'absent'; readonly reason: string };

/** The keys of an entry: those of the text, each by itself, before a secret, before a KMS. @throws POLICY_KEY_* */
export function keyTexts(fields: Fields): AttestorKey[] {
  const text = fields.text('publicKeys') ?? '';
  if (/^[a-z0-9]+:\/\//.test(text.trim())) return [addressedKey(text.trim())];
  if (text.trim() !== '') {
    return splitPem(text).map((pem) => ({ kind: 'pem', pem: readPublicKey(fields, 'publicKeys', pem) }));
  }
  const secret = fields.fields('secret');
  if (secret === undefined) return [absent(fields.required('kms'))];
  return [{ kind: 'secret', namespace: secret.required('namespace'), name: secret.required('name') }];
}

/** `k8s://namespace/name` is a secret; other addresses are of a KMS. */
function addressedKey(address: string): AttestorKey {
  const [, namespace, name] = /^k8s:\/\/([^/]+)\/([^/]+)$/.exec(address) ?? [];
  return namespace !== undefined && name !== undefined ? { kind: 'secret', namespace, name } : absent(address);
}

function absent(what: string): AttestorKey {
  return { kind: 'absent', reason: absentKey(what) };
}

/** Every block is a key of its own, so that counts are of keys. */
function splitPem(text: string): string[] {
  const blocks = text.split(/(?<=-----END [A-Z ]+-----)/).map((block) => block.trim());
  return blocks.filter((block) => block !== '');
}
