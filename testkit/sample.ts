import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildBolt } from './bbolt.ts';
import {
  type BuiltBlob,
  type BuiltImage,
  blobsOf,
  buildImage,
  descriptor,
  layoutFiles,
  toBlob,
  writeTree,
} from './image.ts';
import { buildTar } from './tar.ts';

/** A moment at which the sample's distribution is supported, in seconds, for SOURCE_DATE_EPOCH. */
export const sampleEpoch = '1750000000';

/** The database was made then. */
const updatedAt = '2025-06-15T00:00:00Z';

export interface SampleOptions {
  /** Installed version of `demo-lib`; versions before 1.2.4-r0 have a HIGH vulnerability, before 1.2.2-r0 a LOW one too. */
  readonly version?: string;
  readonly release?: string;
}

const installed = (version: string): string =>
  [`P:demo-lib\nV:${version}\nA:x86_64\nL:MIT\no:demo\n`, 'P:other\nV:2.0-r1\nA:x86_64\nL:MIT\no:other\n'].join('\n');

/** A small Alpine image with two packages. */
export function sampleImage({ version = '1.2.3-r0', release = '3.21' }: SampleOptions = {}): BuiltImage {
  return buildImage({
    layers: [
      [
        { path: 'etc/os-release', content: `ID=alpine\nVERSION_ID=${release}.0\n` },
        { path: 'etc/alpine-release', content: `${release}.0\n` },
      ],
      [{ path: 'lib/apk/db/installed', content: installed(version) }],
    ],
  });
}

/** Writes the sample image as an OCI layout. */
export function writeSampleLayout(directory: string, options?: SampleOptions): void {
  const image = sampleImage(options);
  writeTree(directory, layoutFiles([{ blob: image.manifest, ref: 'latest' }], blobsOf(image)));
}

const detail = (severity: string, title: string): string =>
  JSON.stringify({ Title: title, Severity: severity, VendorSeverity: { nvd: severity === 'HIGH' ? 3 : 1 } });

/** A vulnerability database in the format of trivy-db that knows of the sample's packages. */
export function sampleDatabase(): Buffer {
  const source = JSON.stringify({ ID: 'alpine', Name: 'Alpine Secdb', URL: 'https://secdb.alpinelinux.org/' });
  return buildBolt({
    'alpine 3.21': {
      demo: { 'CVE-2100-0001': '{"FixedVersion":"1.2.4-r0"}', 'CVE-2100-0002': '{"FixedVersion":"1.2.2-r0"}' },
    },
    'data-source': { 'alpine 3.21': source },
    vulnerability: {
      'CVE-2100-0001': detail('HIGH', 'A grave flaw'),
      'CVE-2100-0002': detail('LOW', 'A small flaw'),
    },
  });
}

export function sampleMetadata(parts: Record<string, unknown> = {}): string {
  return JSON.stringify({
    Version: 2,
    NextUpdate: '2999-01-01T00:00:00Z',
    UpdatedAt: updatedAt,
    DownloadedAt: '2025-06-15T01:00:00Z',
    ...parts,
  });
}

/** The sample database as the artifact of a registry: its manifest, and the blobs to that. */
export function sampleDatabaseArtifact(): { readonly manifest: BuiltBlob; readonly blobs: readonly BuiltBlob[] } {
  const packed = gzipSync(
    buildTar([
      { path: 'trivy.db', content: sampleDatabase() },
      { path: 'metadata.json', content: sampleMetadata({ DownloadedAt: '0001-01-01T00:00:00Z' }) },
    ]),
  );
  const layer = toBlob(packed, 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip');
  const config = toBlob(Buffer.from('{}'), 'application/vnd.aquasec.trivy.config.v1+json');
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const body = { schemaVersion: 2, mediaType, config: descriptor(config), layers: [descriptor(layer)] };
  return { manifest: toBlob(Buffer.from(JSON.stringify(body)), mediaType), blobs: [config, layer] };
}

/** Writes a cache directory with the sample database, which is not due for an update. */
export function writeSampleCache(directory: string): void {
  mkdirSync(join(directory, 'db'), { recursive: true });
  writeFileSync(join(directory, 'db', 'trivy.db'), sampleDatabase());
  writeFileSync(join(directory, 'db', 'metadata.json'), sampleMetadata());
}
