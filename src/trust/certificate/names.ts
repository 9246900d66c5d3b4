import { childrenOf, type DerNode, parseDer, toOid, toText } from '../../codecs/asn1/index.ts';
import type { Certificate } from './certificate.ts';
import { oids } from './oids.ts';

/** One subject alternative name (RFC 5280 section 4.2.1.6). */
export interface SubjectName {
  readonly kind: 'email' | 'uri' | 'dns' | 'ip' | 'other';
  readonly value: string;
}

/** Fulcio's name of a user without an address (oid-info.md, 1.3.6.1.4.1.57264.1.7). */
const fulcioUserName = `${oids.fulcio}.7`;

/** The names of the signer, of all kinds that are read; names in other forms are left out. @throws CODEC_ASN1_INVALID */
export function subjectNames({ extensions }: Certificate): SubjectName[] {
  const extension = extensions.get(oids.subjectAltName);
  if (extension === undefined) return [];
  return childrenOf(parseDer(extension.value)).flatMap((node) => readName(node) ?? []);
}

/** GeneralName has its kind in the context-specific tag. */
function readName(node: DerNode): SubjectName | undefined {
  switch (node.tag) {
    case 0x81:
      return { kind: 'email', value: node.value.toString('latin1') };
    case 0x82:
      return { kind: 'dns', value: node.value.toString('latin1') };
    case 0x86:
      return { kind: 'uri', value: node.value.toString('latin1') };
    case 0x87:
      return readAddress(node.value);
    case 0xa0:
      return readOtherName(node);
    default:
      return undefined;
  }
}

function readAddress(bytes: Buffer): SubjectName | undefined {
  if (bytes.length === 4) return { kind: 'ip', value: bytes.join('.') };
  if (bytes.length !== 16) return undefined;
  const groups = bytes.toString('hex').match(/.{4}/g) ?? [];
  // The URL parser writes an IPv6 address in its canonical form (RFC 5952).
  return { kind: 'ip', value: new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1) };
}

function readOtherName(node: DerNode): SubjectName | undefined {
  const [oid, wrapped] = childrenOf(node);
  const [text] = wrapped === undefined ? [] : childrenOf(wrapped);
  if (oid === undefined || text === undefined || toOid(oid) !== fulcioUserName) return undefined;
  return { kind: 'other', value: toText(text) };
}
