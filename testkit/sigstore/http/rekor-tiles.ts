import type { LogEntry } from '../../../src/envelope/index.ts';
import type { TestLog } from '../log.ts';
import { json, refuse, type Service } from './answer.ts';

interface RecordRequest {
  readonly hashedRekordRequestV002?: {
    readonly digest: string;
    readonly signature: { readonly content: string; readonly verifier: { readonly keyDetails: string } };
  };
}

/** Rekor's API of version 2, which takes entries of the kind hashedrekord only. */
export function rekorTilesService(log: TestLog): Service {
  return ({ method, url, body }) => {
    if (method !== 'POST' || url.pathname !== '/api/v2/log/entries') return undefined;
    const { hashedRekordRequestV002: record } = JSON.parse(body.toString()) as RecordRequest;
    if (record === undefined) return refuse(400, 'the entry is of a kind that is not accepted');
    const { digest, signature } = record;
    const { length } = Buffer.from(digest, 'base64');
    const data = { algorithm: `SHA2_${length * 8}`, digest };
    const entry = { apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002: { data, signature } } };
    return json(201, toMessage(log.append(entry, new Date())));
  };
}

/** A TransparencyLogEntry in ProtoJSON. */
function toMessage({ logIndex, logId, kind, version, proof, body }: LogEntry): object {
  return {
    logIndex: String(logIndex),
    logId: { keyId: logId.toString('base64') },
    kindVersion: { kind, version },
    inclusionProof: {
      logIndex: String(proof?.logIndex),
      rootHash: proof?.rootHash.toString('base64'),
      treeSize: String(proof?.treeSize),
      hashes: proof?.hashes.map((hash) => hash.toString('base64')),
      checkpoint: { envelope: proof?.checkpoint },
    },
    canonicalizedBody: body.toString('base64'),
  };
}
