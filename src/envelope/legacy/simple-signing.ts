import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';

/** What cosign signs of an image in the older layout (containers/image, simple signing). */
export interface SimpleSigning {
  readonly reference: string;
  readonly digest: string;
  readonly type: string;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** The type of what cosign signs. */
export const simpleSigningType = 'cosign container image signature';

const maxSize = 2 ** 20;

/** @throws KIT_JSON_INVALID, KIT_TEXT_TOO_LONG */
export function parseSimpleSigning(payload: Uint8Array): SimpleSigning {
  const fields = new ProtoFields(parseBoundedJson(payload, maxSize));
  const critical = fields.require('critical', fields.fields('critical'));
  const image = critical.require('image', critical.fields('image'));
  return {
    reference: critical.fields('identity')?.text('docker-reference') ?? '',
    digest: image.require('docker-manifest-digest', image.text('docker-manifest-digest')),
    type: critical.text('type') ?? '',
    annotations: Object.fromEntries(Object.entries(fields.raw('optional') ?? {})),
  };
}

/** The payload as cosign writes it, byte for byte but for characters that Go escapes in HTML. */
export function formatSimpleSigning({ reference, digest, annotations }: Omit<SimpleSigning, 'type'>): Buffer {
  const names = Object.keys(annotations).sort();
  const critical = {
    identity: { 'docker-reference': reference },
    image: { 'docker-manifest-digest': digest },
    type: simpleSigningType,
  };
  const optional = names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, annotations[name]]));
  return Buffer.from(JSON.stringify({ critical, optional }));
}
