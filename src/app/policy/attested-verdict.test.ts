import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, recordLog, temporaryDirectory } from '../../../testkit/context.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../../testkit/image.ts';
import { podOf, testDigest } from '../../../testkit/policy.ts';
import { sampleMetadata, writeSampleCache } from '../../../testkit/sample.ts';
import { bundleManifest } from '../../../testkit/sigstore/attach.ts';
import { makeKey } from '../../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../../testkit/sigstore/legacy.ts';
import { makeStack, signBundle, statementAbout } from '../../../testkit/sigstore/stack.ts';
import { silentMeter } from '../../admission/index.ts';
import { formatBundle } from '../../envelope/index.ts';
import type { EvidencePiece } from '../../evidence/index.ts';
import { settle } from '../../policy/index.ts';
import { makeRules } from '../admission/rules.ts';
import { makeContext } from '../context.ts';
import { mergeSboms } from '../sboms.ts';
import { applyToFiles } from './apply.ts';
import { attestedVerdicts, statementDigest } from './attested-verdict.ts';
import type { ImageSource } from './image-source.ts';

const stack = makeStack();
const key = makeKey();
const image = buildImage({ layers: [[{ path: 'a' }]] });
const other = buildImage({ layers: [[{ path: 'b' }]] });
const name = `ghcr.io/org/app@${image.manifest.digest}`;
const cyclonedx = 'https://cyclonedx.org/bom';
const missing = 'An SBOM of ';

/** An SBOM of an Alpine image with one package; versions before 1.2.4-r0 have a HIGH flaw, before 1.2.2-r0 a LOW one too. */
const bomOf = (version: string, release = '3.21.0') => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [
    { type: 'operating-system', name: 'alpine', version: release },
    {
      type: 'library',
      name: 'demo-lib',
      version,
      purl: `pkg:apk/alpine/demo-lib@${version}?distro=${release}&upstream=demo`,
    },
  ],
});

interface Attested {
  readonly predicate?: unknown;
  readonly type?: string;
  readonly by?: ReturnType<typeof makeKey>;
  readonly about?: typeof image;
}

const bundleOf = ({ predicate = bomOf('1.2.4-r0'), type = cyclonedx, by = key, about = image }: Attested) => {
  const artifact = about.manifest.bytes;
  const statement = statementAbout(artifact, { predicateType: type, predicate });
  return signBundle(stack, { artifact, content: 'statement', statement, key: by, log: 'none' }).bundle;
};

/** A layout that holds the image with attestations beside it. */
function layoutOf(attested: readonly Attested[]): string {
  const layout = temporaryDirectory();
  const manifests = attested.map((one) => bundleManifest(image.manifest, bundleOf(one)));
  const evidence = manifests.flatMap(({ manifest, blobs }) => [manifest, ...blobs]);
  writeTree(layout, layoutFiles([{ blob: image.manifest }], [...blobsOf(image), ...evidence]));
  return layout;
}

interface World {
  readonly attested?: readonly Attested[];
  /** Writes the cache directory. */
  readonly fill?: (directory: string) => void;
  readonly now?: string;
  readonly verdict?: object;
  readonly spec?: object;
}

function contextOf({ fill = writeSampleCache, now = '2025-06-20T00:00:00Z' }: World = {}) {
  const cacheDir = temporaryDirectory();
  fill(cacheDir);
  return makeContext({ cacheDir, clock: fixedClock(now), log: recordLog() });
}

/** Writes over a file of the database. */
const withFile = (file: string, text: string) => (cacheDir: string) => {
  writeSampleCache(cacheDir);
  writeFileSync(join(cacheDir, 'db', file), text);
};

/** A policy that demands a verdict. */
const policyOf = ({ verdict = {}, spec = {} }: World): string =>
  JSON.stringify({
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'ImagePolicy',
    metadata: { name: 'clean' },
    spec: {
      images: ['ghcr.io/org/**'],
      signers: { ci: { key: key.pem, log: false } },
      require: { verdict: { maxDays: 7, ...verdict } },
      ...spec,
    },
  });

const pod = podOf(['ghcr.io/org/app:1']);
const layoutsOf = ({ attested = [{}] }: World) => ({ 'ghcr.io/org/app:1': layoutOf(attested) });

/** What the policy says of a pod with the image. */
async function judge(world: World) {
  const policy = join(temporaryDirectory(), 'policy.json');
  writeFileSync(policy, policyOf(world));
  const input = { policies: [policy], objects: [pod], layouts: layoutsOf(world) };
  const { decisions } = await applyToFiles(input, contextOf(world));
  const [decision] = decisions;
  const [result] = decision?.results ?? [];
  return { allowed: decision?.allowed, outcome: result?.outcome, message: result?.message ?? '' };
}

async function spdxOf(version: string): Promise<unknown> {
  const bytes = Buffer.from(JSON.stringify(bomOf(version)));
  const sboms = [{ kind: 'bytes', name: 'bom', bytes }] as const;
  return JSON.parse(await mergeSboms({ sboms, format: 'spdx-json', toolVersion: '1' }, contextOf()));
}

test('an image whose attested SBOM has no findings is let in, in both standards', async () => {
  expect(await judge({})).toMatchObject({ allowed: true, outcome: 'pass' });
  const spdx = { type: 'https://spdx.dev/Document', predicate: await spdxOf('1.2.4-r0') };
  expect(await judge({ attested: [spdx] })).toMatchObject({ allowed: true, outcome: 'pass' });
});

test('one that has any is denied, and they are named, the gravest first', async () => {
  const old = { predicate: bomOf('1.0-r0') };
  const message = expect.stringContaining(
    'the verdict is fail: CVE-2100-0001 (HIGH) in demo-lib 1.0-r0; CVE-2100-0002 (LOW) in demo-lib 1.0-r0',
  );
  expect(await judge({ attested: [old] })).toEqual({ allowed: false, outcome: 'fail', message });
  const spdx = { type: 'https://spdx.dev/Document', predicate: await spdxOf('1.0-r0') };
  expect(await judge({ attested: [spdx] })).toEqual({ allowed: false, outcome: 'fail', message });
  // Findings are known, so that nothing is missing.
  expect(await judge({ attested: [old], spec: { onMissing: 'warn' } })).toMatchObject({ allowed: false, message });
});

test('each of several SBOMs must let the image pass', async () => {
  expect(await judge({ attested: [{}, { predicate: bomOf('1.2.3-r0') }] })).toMatchObject({ allowed: false });
  const many = Array.from({ length: 9 }, (_, index) => ({ predicate: { ...bomOf('1.2.4-r0'), version: index + 1 } }));
  expect(await judge({ attested: many.slice(1) })).toMatchObject({ allowed: true });
  expect(await judge({ attested: many })).toMatchObject({ allowed: false, outcome: 'error' });
});

test('the policy says which findings count', async () => {
  const attested = [{ predicate: bomOf('1.2.3-r0') }];
  expect(await judge({ attested, verdict: { severities: ['LOW', 'CRITICAL'] } })).toMatchObject({ allowed: true });
  expect(await judge({ attested, verdict: { severities: ['HIGH'] } })).toMatchObject({ allowed: false });
  expect(await judge({ attested, verdict: { ignoreUnfixed: true } })).toMatchObject({ allowed: false });
});

test.each([
  ['a release that there is no data of', { predicate: bomOf('1.2.4-r0', '3.1.0') }],
  ['nothing at all', { predicate: { bomFormat: 'CycloneDX', specVersion: '1.6' } }],
])('an SBOM of %s is incomplete, which is no pass', async (_, attested) => {
  const { allowed, message } = await judge({ attested: [attested], spec: { onMissing: 'warn' } });
  expect({ allowed, message }).toEqual({
    allowed: false,
    message: expect.stringContaining('the verdict is incomplete: '),
  });
});

test.each<[string, World, string]>([
  ['no SBOM', { attested: [] }, missing],
  ['an SBOM by someone else', { attested: [{ by: makeKey() }] }, missing],
  ['an SBOM of another image', { attested: [{ about: other }] }, missing],
  ['a statement of another type', { attested: [{ type: 'https://example.com/sbom' }] }, missing],
  ['a statement that is no SBOM', { attested: [{ predicate: { a: 1 } }] }, 'SBOM'],
  ['no database', { fill: () => undefined }, 'without a database in the cache directory'],
  ['a database that cannot be read', { fill: withFile('trivy.db', 'damaged') }, 'database'],
  ['a database of no date', { fill: withFile('metadata.json', '{"Version":2}') }, 'The age of the advisory data'],
  ['old data', { now: '2025-07-01T00:00:00Z' }, 'the data of the verdict is 16 days old'],
])('%s: the verdict is missing, which denies, or warns where the policy says so', async (_, world, why) => {
  const message = expect.stringContaining(why);
  expect(await judge(world)).toEqual({ allowed: false, outcome: 'error', message });
  expect(await judge({ ...world, spec: { onMissing: 'warn' } })).toEqual({ allowed: true, outcome: 'warn', message });
});

/** Images with these pieces of evidence, and how often they were asked for. */
function imagesWith(pieces: readonly EvidencePiece[]): { images: ImageSource; asked: () => number } {
  let count = 0;
  const none = async (): Promise<never> => Promise.reject(new RangeError('nobody asks for this'));
  const evidence = async (_: unknown, repository?: string) => {
    count++;
    return repository === 'r.io/elsewhere' ? pieces : [];
  };
  return { images: { digest: none, content: none, evidence }, asked: () => count };
}

test('a verdict is kept until the data changes, and found in other repositories and the older layout', async () => {
  const unreadable: EvidencePiece = { kind: 'bundle', manifest: testDigest, json: Buffer.from('{') };
  const { digest, bytes } = image.manifest;
  const statement = statementAbout(bytes, { predicateType: cyclonedx, predicate: bomOf('1.2.4-r0') });
  const payload = Buffer.from(JSON.stringify(statement));
  const layer = signLegacy(stack, { digest, kind: 'attestation', payload, key });
  const { images, asked } = imagesWith([unreadable, { kind: 'legacy', suffix: 'att', layer }]);
  const context = contextOf();
  const find = attestedVerdicts();
  const statements = [statementDigest(payload)];
  const need = { kind: 'verdict', image: name, statements, repositories: ['r.io/elsewhere'] } as const;
  const pass = { result: 'pass', dataAt: new Date('2025-06-15T00:00:00Z'), reasons: [] };
  expect(await find(need, images, context)).toEqual(pass);
  expect(await find(need, images, context)).toEqual(pass);
  expect(asked()).toBe(2);
  writeFileSync(join(context.cacheDir, 'db', 'metadata.json'), sampleMetadata({ UpdatedAt: '2025-06-16T00:00:00Z' }));
  expect(await find(need, images, context)).toEqual({ ...pass, dataAt: new Date('2025-06-16T00:00:00Z') });
  expect(asked()).toBe(4);
  const unknown = { ...need, statements: [statementDigest(Buffer.from('what nobody has'))] };
  await expect(find(unknown, images, context)).rejects.toThrowCode('POLICY_FACT_MISSING');
});

test('what a failed look-up found is asked for again', async () => {
  const bundle = bundleOf({});
  const json = Buffer.from(formatBundle(bundle));
  const { images } = imagesWith([{ kind: 'bundle', manifest: testDigest, json }]);
  const bytes = bundle.content.kind === 'dsse' ? bundle.content.envelope.payload : Buffer.alloc(0);
  const statements = [statementDigest(bytes)];
  const need = { kind: 'verdict', image: name, statements, repositories: [] } as const;
  const find = attestedVerdicts();
  const context = contextOf();
  await expect(find(need, images, context)).rejects.toThrowCode('POLICY_FACT_MISSING');
  const there = { ...need, repositories: ['r.io/elsewhere'] };
  expect(await find(there, images, context)).toMatchObject({ result: 'pass' });
});

test('an admission server judges by the same', async () => {
  const context = contextOf();
  const admit = async (world: World): Promise<boolean> => {
    const text = policyOf(world);
    const trustedRoot = Buffer.from(stack.trustedRoot());
    const files = { policies: [{ path: 'policy.json', text }], trustedRoot, identity: text };
    const input = {
      address: '127.0.0.1',
      port: 0,
      policies: [],
      tls: { certFile: '', keyFile: '' },
      layouts: layoutsOf(world),
    };
    const setting = { meter: silentMeter, source: undefined, shared: undefined };
    const rules = await makeRules(files, input, context, setting);
    const request = { operation: 'CREATE', object: pod, at: context.clock.now() } as const;
    return (await settle(request, rules.policies, rules.gather)).allowed;
  };
  expect(await admit({})).toBe(true);
  expect(await admit({ attested: [{ predicate: bomOf('1.2.3-r0') }] })).toBe(false);
  expect(await admit({ attested: [{ by: makeKey() }] })).toBe(false);
});
