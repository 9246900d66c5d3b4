import type { CoverageNote } from '../core/index.ts';
import { damaged } from './errors.ts';
import type { SbomText } from './format.ts';
import { isObject, type Json, objectOf, parseJsonObject, textOf } from './json.ts';

/** What an SBOM was wrapped in, and what that means for its reader. */
export interface Unwrapped {
  readonly content: SbomText;
  readonly notes: readonly CoverageNote[];
}

/** A bundle holds an envelope, that a statement, that the SBOM; what is deeper was made to keep the reader busy. */
const maxWrappings = 4;

/**
 * Takes the SBOM out of in-toto statements (in-toto attestation framework, "Statement"), DSSE envelopes and Sigstore
 * bundles. Signatures are not looked at, and the notes say so: what is to be trusted goes through `verify`, whose parsers
 * refuse all that cannot be verified. @throws SBOM_INVALID, SBOM_TOO_LARGE
 */
export function unwrap(content: SbomText): Unwrapped {
  const notes: CoverageNote[] = [];
  let current = content;
  for (let depth = 0; depth < maxWrappings && current.json !== undefined; depth++) {
    const inner = openOnce(current.json);
    if (inner === undefined) break;
    if (inner.wasSigned) notes.push(unchecked);
    current = inner.content;
  }
  return { content: current, notes };
}

const unchecked: CoverageNote = {
  effect: 'note',
  code: 'sbom-unverified',
  message: 'The SBOM came in a signed envelope; its signature was not checked',
};

/** Text as it stands, or the object that it is as JSON. */
export function toSbomText(text: string): SbomText {
  const json = /^\s*\{/.test(text) ? parseJsonObject(text) : undefined;
  return { text, ...(json !== undefined && { json }) };
}

interface Opened {
  readonly content: SbomText;
  readonly wasSigned: boolean;
}

function openOnce(json: Json): Opened | undefined {
  const envelope = json['dsseEnvelope'];
  if (isObject(envelope)) return { content: { text: '', json: envelope }, wasSigned: false };
  if (textOf(json['payloadType']) !== undefined && textOf(json['payload']) !== undefined) {
    return { content: decodePayload(textOf(json['payload']) ?? ''), wasSigned: true };
  }
  if (!textOf(json['_type'])?.startsWith('https://in-toto.io/Statement/')) return undefined;
  const predicate = json['predicate'];
  const data = objectOf(predicate)['Data'];
  return { content: toContent(isObject(data) || textOf(data) ? data : predicate), wasSigned: false };
}

function decodePayload(payload: string): SbomText {
  if (!/^[\w+/=-]*$/.test(payload)) throw damaged('DSSE', 'the payload is no base64');
  return toSbomText(Buffer.from(payload, 'base64').toString('utf8'));
}

/** Tag-value documents are texts within the statement. */
function toContent(value: unknown): SbomText {
  if (isObject(value)) return { text: '', json: value };
  return toSbomText(textOf(value) ?? '');
}
