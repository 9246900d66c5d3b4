import { makeFetch } from '../../src/net/index.ts';
import { readAll } from '../../testkit/context.ts';
import { type BuiltBlob, descriptor, toBlob } from '../../testkit/image.ts';

/** What the registry has acknowledged, and so must never lose. */
export interface Ledger {
  /** `repository digest`. */
  readonly blobs: Set<string>;
  readonly manifests: Set<string>;
  /** Digests of manifests by the digest of their subject, with the repository. */
  readonly referrers: Set<string>;
  /** The digest a tag was last said to mean, and those it was asked to mean since. */
  readonly tags: Map<string, string[]>;
}

export function makeLedger(): Ledger {
  return { blobs: new Set(), manifests: new Set(), referrers: new Set(), tags: new Map() };
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** Pushes, mounts, tags, refers and deletes until the server is gone; rejects when it answers what it should not. */
export async function writeUntilGone(host: string, writer: string, ledger: Ledger, first: number): Promise<number> {
  let count = first;
  try {
    for (; ; count++) await writeRound({ host, repository: `own-${writer}`, count, ledger });
  } catch (error) {
    if ((error as Error).name !== 'AppError') throw error;
    return count + 1;
  }
}

interface Round {
  readonly host: string;
  readonly repository: string;
  readonly count: number;
  readonly ledger: Ledger;
}

async function writeRound({ host, repository, count, ledger }: Round): Promise<void> {
  const { blobs, manifests, referrers, tags } = ledger;
  // Few kinds of bytes, so that writers share them, and take them away from each other.
  const layer = toBlob(Buffer.alloc(300_000, `layer ${count % 5} `), 'application/vnd.oci.image.layer.v1.tar');
  const config = toBlob(Buffer.from(`{"count":${count},"by":"${repository}"}`), 'application/x');
  await pushInChunks(host, repository, layer);
  blobs.add(`${repository} ${layer.digest}`);
  await expectStatus(201, host, `POST /v2/${repository}/blobs/uploads/?digest=${config.digest}`, config.bytes);
  blobs.add(`${repository} ${config.digest}`);
  await expectStatus(201, host, `POST /v2/shared/blobs/uploads/?mount=${layer.digest}&from=${repository}`);
  blobs.add(`shared ${layer.digest}`);

  const manifest = toManifest({ schemaVersion: 2, config: descriptor(config), layers: [descriptor(layer)] });
  const tag = `${repository} latest`;
  tags.set(tag, [...(tags.get(tag) ?? []), manifest.digest]);
  await putManifest(host, `/v2/${repository}/manifests/latest`, manifest);
  tags.set(tag, [manifest.digest]);
  manifests.add(`${repository} ${manifest.digest}`);

  const body = { schemaVersion: 2, config: descriptor(config), layers: [], subject: descriptor(manifest) };
  const referrer = toManifest(body);
  await putManifest(host, `/v2/${repository}/manifests/${referrer.digest}`, referrer);
  referrers.add(`${repository} ${manifest.digest} ${referrer.digest}`);

  const gone = `gone-${repository}`;
  await expectStatus(201, host, `POST /v2/${gone}/blobs/uploads/?mount=${layer.digest}&from=${repository}`);
  await expectStatus(202, host, `DELETE /v2/${gone}/blobs/${layer.digest}`);
}

function toManifest(body: object): BuiltBlob {
  return toBlob(Buffer.from(JSON.stringify(body)), manifestType);
}

async function pushInChunks(host: string, repository: string, { bytes, digest }: BuiltBlob): Promise<void> {
  const location = await expectStatus(202, host, `POST /v2/${repository}/blobs/uploads/`);
  const half = bytes.length / 2;
  await expectStatus(202, host, `PATCH ${location}`, bytes.subarray(0, half));
  await expectStatus(201, host, `PUT ${location}?digest=${digest}`, bytes.subarray(half));
}

function putManifest(host: string, path: string, { bytes }: BuiltBlob): Promise<string> {
  return expectStatus(201, host, `PUT ${path}`, bytes, { 'content-type': manifestType });
}

const fetch = makeFetch();

/** Resolves to the place that the answer names. */
async function expectStatus(
  status: number,
  host: string,
  line: string,
  body: Buffer = Buffer.alloc(0),
  headers: Record<string, string> = {},
): Promise<string> {
  const [method, path] = line.split(' ') as ['POST' | 'PUT' | 'PATCH' | 'DELETE', string];
  const response = await fetch({ method, url: new URL(path, `http://${host}`), headers, body });
  const text = (await readAll(response.body)).toString();
  if (response.status !== status) throw new RangeError(`${line} gave ${response.status} ${text}`);
  return response.headers['location'] ?? '';
}
