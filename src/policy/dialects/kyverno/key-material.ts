import { describeError, isAppError } from '../../../core/index.ts';
import { findChains, oids, parseCertificatesPem } from '../../../trust/index.ts';
import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { SecretKey } from '../../model/policy.ts';
import { absentKey, readPublicKey } from '../../model/public-key.ts';

/** A key of an attestor: its text, or why it cannot be had. */
export type AttestorKey =
  | { readonly kind: 'pem'; readonly pem: string }
  | ({ readonly kind: 'secret' } & SecretKey)
  | { readonly kind: 'absent'; readonly reason: string };

const maxCertificates = 11;

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

/**
 * A certificate stands for its key, which its chain must vouch for when there is one; a chain alone is whom to trust.
 * @throws POLICY_KEY_INVALID, POLICY_INVALID
 */
export function certificateProof(fields: Fields): Pick<Proof, 'by' | 'authorities'> {
  const [cert, chain] = [fields.text('cert') ?? '', fields.text('certChain') ?? ''];
  if (chain !== '') readChain(fields, chain);
  if (cert === '') {
    if (chain === '') throw fields.invalid('', 'has neither cert nor certChain');
    return { by: { kind: 'certificate' }, authorities: chain };
  }
  const pem = readPublicKey(fields, 'cert', cert);
  if (chain !== '') assertVouched(fields, pem, chain);
  return { by: { kind: 'key', pem } };
}

function readChain(fields: Fields, chain: string): ReturnType<typeof parseCertificatesPem> {
  try {
    const certificates = parseCertificatesPem(chain);
    if (certificates.length <= maxCertificates) return certificates;
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw fields.keyError('certChain', chain, describeError(error));
  }
  throw fields.invalid('certChain', `has more than ${maxCertificates} certificates`);
}

/** The chain is judged as of the day the certificate was issued, as cosign does. */
function assertVouched(fields: Fields, cert: string, chain: string): void {
  const certificates = readChain(fields, chain);
  const [leaf] = parseCertificatesPem(cert);
  const root = certificates.at(-1);
  const intermediates = certificates.slice(0, -1);
  const chains =
    leaf === undefined || root === undefined
      ? []
      : findChains({ leaf, intermediates, roots: [root], time: leaf.notBefore, usage: oids.codeSigning });
  if (chains.length === 0) throw fields.invalid('cert', 'does not lead to the root of certChain');
}
