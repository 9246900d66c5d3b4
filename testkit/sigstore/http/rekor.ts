import { createHash } from 'node:crypto';
import { type DsseEnvelope, type LogEntry, preAuthEncoding } from '../../../src/envelope/index.ts';
import { parsePublicKey, usualScheme, verifySignature } from '../../../src/trust/index.ts';
import { schemeToSign } from '../../../src/trust/keys/signing-key.ts';
import { dsseV1 } from '../entries.ts';
import type { TestLog } from '../log.ts';
import { json, refuse, type Service, type ServiceAnswer } from './answer.ts';

/** A proposed entry, as far as it is looked at. */
interface Proposal {
  readonly kind: string;
  readonly spec: {
    readonly data?: { readonly hash?: { readonly algorithm: string; readonly value: string } };
    readonly signature?: { readonly content: string; readonly publicKey: { readonly content: string } };
    readonly proposedContent?: { readonly envelope: string; readonly verifiers: readonly string[] };
  };
}

const decode = (text: string): Buffer => Buffer.from(text, 'base64');

/** Rekor's API of version 1: entries of the kinds hashedrekord and dsse, and the search by digest. */
export function rekorService(log: TestLog): Service {
  const entries = new Map<string, LogEntry>();
  const byDigest = new Map<string, string[]>();
  const keep = (uuid: string, body: object, digests: readonly string[]): ServiceAnswer => {
    if (entries.has(uuid))
      return {
        ...refuse(409, 'an equivalent entry already exists'),
        headers: { location: `/api/v1/log/entries/${uuid}` },
      };
    entries.set(uuid, log.append(body, new Date()));
    for (const digest of digests) byDigest.set(digest, [...(byDigest.get(digest) ?? []), uuid]);
    return json(201, shown(uuid), { etag: uuid, location: `/api/v1/log/entries/${uuid}` });
  };
  const shown = (uuid: string): object => {
    const entry = entries.get(uuid);
    return entry === undefined ? {} : { [uuid]: toModel(entry) };
  };
  const at = '/api/v1/log/entries';
  const routes: Readonly<Record<string, (body: Buffer) => ServiceAnswer | Promise<ServiceAnswer>>> = {
    'GET /api/v1/log/publicKey': () => ({ status: 200, body: log.key.pem }),
    'POST /api/v1/index/retrieve': (body) => {
      const { hash = '' } = JSON.parse(body.toString()) as { hash?: string };
      return json(200, byDigest.get(hash.replace(/^sha256:/, '')) ?? []);
    },
    [`POST ${at}/retrieve`]: (body) => {
      const { entryUUIDs = [] } = JSON.parse(body.toString()) as { entryUUIDs?: string[] };
      return json(200, entryUUIDs.map(shown));
    },
    [`POST ${at}`]: (body) => {
      const proposal = JSON.parse(body.toString()) as Proposal;
      return proposal.kind === 'dsse' ? addDsse(proposal, keep) : addRecord(proposal, keep);
    },
  };
  return ({ method, url, body }) => {
    const index = url.searchParams.get('logIndex');
    if (method === 'GET' && url.pathname === at && index !== null) {
      const [uuid = ''] = [...entries].find(([, entry]) => entry.logIndex === Number(index)) ?? [];
      return json(entries.has(uuid) ? 200 : 404, shown(uuid));
    }
    if (method === 'GET' && url.pathname.startsWith(`${at}/`))
      return json(200, shown(url.pathname.slice(at.length + 1)));
    return routes[`${method} ${url.pathname}`]?.(body);
  };
}

type Keep = (uuid: string, body: object, digests: readonly string[]) => ServiceAnswer;

async function addRecord(proposal: Proposal, keep: Keep): Promise<ServiceAnswer> {
  const { data, signature } = proposal.spec;
  if (proposal.kind !== 'hashedrekord' || data?.hash === undefined || signature === undefined) {
    return refuse(400, 'the entry is of a kind that is not accepted');
  }
  const key = parsePublicKey(decode(signature.publicKey.content));
  const hash = data.hash.algorithm as 'sha256' | 'sha384' | 'sha512';
  const digest = Buffer.from(data.hash.value, 'hex');
  const content = decode(signature.content);
  const scheme = key.kind === 'ed25519' ? ({ name: 'ed25519ph' } as const) : { ...usualScheme(key.kind), hash };
  if (!(await verifySignature(key, scheme as Parameters<typeof verifySignature>[1], { digest, hash }, content))) {
    return refuse(400, 'verifying signature: invalid signature');
  }
  const body = { apiVersion: '0.0.1', kind: 'hashedrekord', spec: { data, signature } };
  return keep(uuidOf(body), body, [data.hash.value]);
}

/** The signature must be of the message itself, by SHA-256 where the key leaves it open, as Rekor 1.5 has it. */
async function addDsse({ spec }: Proposal, keep: Keep): Promise<ServiceAnswer> {
  const { envelope = '{}', verifiers = [] } = spec.proposedContent ?? {};
  const { payload, payloadType, signatures } = JSON.parse(envelope) as {
    payload: string;
    payloadType: string;
    signatures: { sig: string }[];
  };
  const pem = decode(verifiers[0] ?? '').toString();
  const parsed: DsseEnvelope = {
    payloadType,
    payload: decode(payload),
    signatures: signatures.map(({ sig }) => ({ signature: decode(sig) })),
  };
  const key = parsePublicKey(Buffer.from(pem));
  const scheme = schemeToSign(key.kind, 'rekor1-envelope');
  const message = preAuthEncoding(payloadType, parsed.payload);
  for (const { signature } of parsed.signatures) {
    if (await verifySignature(key, scheme, { message }, signature)) continue;
    return refuse(400, 'could not verify envelope');
  }
  const isCertificate = pem.includes('CERTIFICATE');
  const body = dsseV1(parsed, { pem, der: Buffer.alloc(0), isCertificate, kind: 'ecdsa-p256' }, envelope);
  return keep(uuidOf(body), body, [createHash('sha256').update(parsed.payload).digest('hex')]);
}

function uuidOf(body: object): string {
  return `108e9186e8c5677a${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`;
}

function toModel({ body, integratedTime, logId, logIndex, promise, proof }: LogEntry): object {
  return {
    body: body.toString('base64'),
    integratedTime,
    logID: logId.toString('hex'),
    logIndex,
    verification: {
      signedEntryTimestamp: promise?.toString('base64'),
      inclusionProof: {
        checkpoint: proof?.checkpoint,
        hashes: proof?.hashes.map((hash) => hash.toString('hex')),
        logIndex: proof?.logIndex,
        rootHash: proof?.rootHash.toString('hex'),
        treeSize: proof?.treeSize,
      },
    },
  };
}
