import { createHash, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeFetch, readWholeBody } from '../../../src/net/index.ts';
import { startHttp } from '../../server.ts';
import { makeAuthority } from '../authority.ts';
import { extension, issueCertificate } from '../certificate.ts';
import { makeCertificateLog } from '../certificate-log.ts';
import { makeKey } from '../keys.ts';
import { listen } from './answer.ts';
import { certificateLogService } from './certificate-log.ts';

interface Said {
  readonly status: number;
  readonly timestamp: number;
  readonly signature: string;
  readonly tree_size: number;
  readonly sha256_root_hash: string;
  readonly tree_head_signature: string;
}

const log = makeCertificateLog();
const authority = makeAuthority(new Date());
const spki = authority.intermediate.key.spki;
const span = { notBefore: new Date(0), notAfter: new Date('2049-01-01') };

async function asked(method: 'GET' | 'POST', path: string, chain?: readonly Buffer[]): Promise<Said> {
  const host = await startHttp(listen([certificateLogService(log)], []));
  const body = chain && Buffer.from(JSON.stringify({ chain: chain.map((der) => der.toString('base64')) }));
  const url = new URL(`http://${host}/ct/v1/${path}`);
  const response = await makeFetch()({ method, url, ...(body !== undefined && { body }) });
  const said = JSON.parse(String(await readWholeBody(response, host, 10_000)));
  return { ...said, status: response.status };
}

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(3);
  length.writeUIntBE(bytes.length, 0, 3);
  return Buffer.concat([length, bytes]);
}

function numbered(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Behind the two octets that name the algorithm and two of length. */
function holds(signed: Buffer, signature: string): boolean {
  return verify('sha256', signed, log.key.publicKey, Buffer.from(signature, 'base64').subarray(4));
}

const entry = (time: number, type: number, ...parts: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0, 0]), numbered(time), Buffer.from([0, type]), ...parts, Buffer.from([0, 0])]);

test('a certificate is promised to be in the log', async () => {
  const { der } = authority.issue({ at: new Date() });
  const { timestamp, signature } = await asked('POST', 'add-chain', [der, authority.intermediate.der]);
  expect(holds(entry(timestamp, 0, sized(der)), signature)).toBe(true);
});

test('a precertificate is logged as it will be, without its poison', async () => {
  const key = makeKey();
  const kept = extension('2.5.29.17', Buffer.from([0x30, 0]));
  const common = { key, issuer: authority.intermediate, ...span };
  const plain: Buffer[] = [];
  const finish = (tbs: Buffer): readonly Buffer[] => {
    plain.push(tbs);
    return [];
  };
  issueCertificate({ ...common, extensions: [kept], finish });
  const poisoned = extension('1.3.6.1.4.1.11129.2.4.3', Buffer.from([5, 0]), true);
  // The serial numbers of the two differ; everything behind them is the same.
  const { der, serial } = issueCertificate({ ...common, extensions: [kept, poisoned] });
  const { timestamp, signature } = await asked('POST', 'add-pre-chain', [der, authority.intermediate.der]);
  const wanted = Buffer.concat(plain);
  serial.copy(wanted, wanted.indexOf(Buffer.from([2, serial.length - 2, 1])));
  const issuer = createHash('sha256').update(spki).digest();
  expect(holds(entry(timestamp, 1, issuer, sized(wanted)), signature)).toBe(true);
});

test('the head of the tree is signed, and grows', async () => {
  const before = await asked('GET', 'get-sth');
  await asked('POST', 'add-chain', [authority.intermediate.der]);
  const {
    timestamp,
    tree_size: size,
    sha256_root_hash: root,
    tree_head_signature: signature,
  } = await asked('GET', 'get-sth');
  expect(size).toBe(before.tree_size + 1);
  const signed = Buffer.concat([Buffer.from([0, 1]), numbered(timestamp), numbered(size), Buffer.from(root, 'base64')]);
  expect(holds(signed, signature)).toBe(true);
});

test('a chain that is none is refused', async () => {
  expect(await asked('POST', 'add-chain', [])).toMatchObject({ status: 400 });
  expect(await asked('POST', 'add-pre-chain', [authority.root.der])).toMatchObject({ status: 400 });
});
