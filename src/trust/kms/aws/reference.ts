import { trustError } from '../../errors.ts';
import type { KmsReference } from '../scheme.ts';

/** A key of AWS KMS, as cosign writes it: `[ENDPOINT]/KEY`, where KEY is an id, an alias or the ARN of either. */
export interface AwsKeyName {
  /** `HOST[:PORT]`, asked over TLS. */
  readonly endpoint?: string;
  readonly keyId: string;
  /** `alias/NAME`, where the key is named by one. */
  readonly alias?: string;
  /** Of an ARN. */
  readonly region?: string;
}

const id = String.raw`(?:mrk-)?[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}`;
const alias = String.raw`alias\/[\w/-]{1,250}`;
const arn = String.raw`arn:aws[a-z-]{0,10}:kms:([a-z0-9-]{1,40}):\d{12}:`;
const name = new RegExp(`^([^/]*)\\/((?:${arn})?(?:(?:key\\/)?${id}|(${alias})))$`, 'i');
const host = /^[\w.-]{1,253}(?::\d{1,5})?$/;

/** @throws TRUST_KMS_REFERENCE */
export function parseAwsReference(reference: KmsReference): AwsKeyName {
  const [, endpoint = '', keyId, region, named] = name.exec(reference.name) ?? [];
  const isKey =
    region === undefined ? keyId?.startsWith('key/') === false : named !== undefined || keyId?.includes(':key/');
  if (keyId === undefined || !isKey || (endpoint !== '' && !host.test(endpoint))) {
    throw trustError('TRUST_KMS_REFERENCE', { data: { reference: reference.text } });
  }
  return {
    keyId,
    ...(endpoint !== '' && { endpoint }),
    ...(named !== undefined && { alias: named }),
    ...(region !== undefined && { region }),
  };
}
