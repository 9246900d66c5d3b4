import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { type BuiltBlob, buildImage, buildIndex, descriptor, toBlob } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { makeRenderOptions } from '../../testkit/report.ts';
import { makeFullBom } from '../../testkit/sbom.ts';
import { reportFormats } from '../reports/registry.ts';
import { loadSbomWriter } from '../sbom/operations.ts';
import { makeContext } from './context.ts';
import { readSbom } from './sboms.ts';
import { scanSbom } from './scan-sbom.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const hex = image.manifest.digest.slice('sha256:'.length);

function bom(name: string): object {
  const components = [{ type: 'library', name, purl: `pkg:npm/${name}@1` }];
  return { bomFormat: 'CycloneDX', specVersion: '1.6', components };
}

function statement(predicate: object, type = 'https://cyclonedx.org/bom'): object {
  return { _type: 'https://in-toto.io/Statement/v1', predicateType: type, predicate };
}

function envelope(payload: object): object {
  return {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(payload)).toString('base64'),
  };
}

interface Artifact {
  readonly mediaType: string;
  readonly content: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest with one layer for each document. */
function artifact(...documents: readonly Artifact[]): { manifest: BuiltBlob; blobs: BuiltBlob[] } {
  const config = toBlob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json');
  const layers = documents.map(({ content, mediaType }) => toBlob(Buffer.from(JSON.stringify(content)), mediaType));
  const json = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor(config),
    layers: layers.map((layer, index) => ({ ...descriptor(layer), annotations: documents[index]?.annotations })),
  };
  return { manifest: toBlob(Buffer.from(JSON.stringify(json)), json.mediaType), blobs: [config, ...layers] };
}

async function putArtifact(registry: TestRegistry, tag: string, ...documents: readonly Artifact[]): Promise<BuiltBlob> {
  const { manifest, blobs } = artifact(...documents);
  await registry.putManifest('app', tag, manifest, blobs);
  return manifest;
}

/** The packages of the SBOM that is found beside the image, and what is said of it. */
async function find(registry: TestRegistry, reference = 'app:1'): Promise<[string[], string[]]> {
  const context = makeContext({ cacheDir: temporaryDirectory() });
  const { components, notes } = await readSbom(
    { kind: 'attached', name: 'x', image: `${registry.host}/${reference}` },
    context,
  );
  return [components.map(({ name }) => name), notes.map(({ code }) => code)];
}

test("cosign's attestation comes before its attached SBOM; others are passed over", async () => {
  const registry = await startRegistry();
  await registry.put('app', '1', image);
  await expect(find(registry)).rejects.toThrowCode('TARGETS_SBOM_MISSING');
  await putArtifact(registry, `sha256-${hex}.sbom`, {
    mediaType: 'application/vnd.cyclonedx+json',
    content: bom('attached'),
  });
  expect(await find(registry)).toEqual([['attached'], ['sbom-unverified']]);
  const dsse = 'application/vnd.dsse.envelope.v1+json';
  await putArtifact(
    registry,
    `sha256-${hex}.att`,
    {
      mediaType: dsse,
      content: envelope(statement({}, 'https://slsa.dev/provenance/v1')),
      annotations: { predicateType: 'https://slsa.dev/provenance/v1' },
    },
    { mediaType: dsse, content: envelope(statement({}, 'https://openvex.dev/ns')) },
    {
      mediaType: dsse,
      content: envelope(statement(bom('attested'))),
      annotations: { predicateType: 'https://cyclonedx.org/bom' },
    },
  );
  expect(await find(registry)).toEqual([['attested'], ['sbom-unverified']]);
});

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A bundle, as a document of an artifact. */
function bundle(name: string): Artifact {
  return { mediaType: bundleType, content: { mediaType: bundleType, dsseEnvelope: envelope(statement(bom(name))) } };
}

describe('a referrer comes first, the latest of them', () => {
  async function withAttached(): Promise<TestRegistry> {
    const registry = await startRegistry();
    await registry.put('app', '1', image);
    const mediaType = 'application/vnd.cyclonedx+json';
    await putArtifact(registry, `sha256-${hex}.sbom`, { mediaType, content: bom('attached') });
    return registry;
  }

  test('that the registry lists', async () => {
    const registry = await withAttached();
    for (const name of ['early', 'late']) {
      const { manifest, blobs } = artifact(bundle(name));
      const json = { ...JSON.parse(manifest.bytes.toString('utf8')), subject: descriptor(image.manifest) };
      const referrer = toBlob(Buffer.from(JSON.stringify(json)), json.mediaType);
      await registry.putManifest('app', name, referrer, blobs);
    }
    const [[found]] = await find(registry);
    expect(['early', 'late']).toContain(found);
  });

  test('that a tag lists, where the registry has no list', async () => {
    const registry = await withAttached();
    registry.fail({ match: /GET .*\/referrers\//, act: { kind: 'status', status: 404 } });
    const manifests = [];
    for (const name of ['early', 'late']) manifests.push(descriptor(await putArtifact(registry, name, bundle(name))));
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const list = toBlob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests })), mediaType);
    await registry.putManifest('app', `sha256-${hex}`, list, []);
    expect(await find(registry)).toEqual([['late'], ['sbom-unverified']]);
  });
});

test('attestations that BuildKit puts into the index', async () => {
  const registry = await startRegistry();
  await registry.put('app', 'amd64', image);
  const spdx = {
    spdxVersion: 'SPDX-2.3',
    packages: [
      {
        SPDXID: 'SPDXRef-a',
        name: 'built',
        externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/built@1' }],
      },
    ],
  };
  const predicate = { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' };
  const attestation = await putArtifact(registry, 'attestation', {
    mediaType: 'application/vnd.in-toto+json',
    content: statement(spdx, 'https://spdx.dev/Document'),
    annotations: predicate,
  });
  const index = JSON.parse(buildIndex([image]).bytes.toString('utf8'));
  index.manifests.push({
    ...descriptor(attestation),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': image.manifest.digest,
    },
  });
  await registry.putManifest('app', '1', toBlob(Buffer.from(JSON.stringify(index)), index.mediaType), []);
  expect(await find(registry)).toEqual([['built'], ['sbom-unverified']]);
});

test('an SBOM of the scan of an SBOM is about the same image', async () => {
  const { components, ...rest } = makeFullBom();
  const write = await loadSbomWriter('cyclonedx');
  const bytes = Buffer.from(write({ ...rest, components }, undefined));
  const context = makeContext({ cacheDir: temporaryDirectory() });
  const report = await scanSbom({ sbom: { kind: 'bytes', name: '-', bytes }, scanners: [] }, context);
  const render = await reportFormats.get('cyclonedx')?.load();
  const text = render?.(report, makeRenderOptions({ sbomAuthor: 'Ann' })) as string;
  const { metadata } = JSON.parse(text);
  expect(metadata.component).toMatchObject({ type: 'container', name: rest.subject?.name, purl: rest.subject?.purl });
  expect(metadata.authors).toEqual([{ name: 'Ann' }]);
});
