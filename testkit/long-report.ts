import { type Finding, type Package, severities } from '../src/core/index.ts';
import type { Report } from '../src/reports/index.ts';
import { makeFinding, makeResult } from './findings.ts';
import { makePackage } from './inventory.ts';
import { makeDigest, makeReport } from './report.ts';

const layers = ['1', '2', '3', '4'].map((digit, index) => ({
  digest: makeDigest(digit),
  diffId: makeDigest(digit),
  size: 40_000_000 / (index + 1),
}));

/** An image with this many findings in system and language packages, of which half can be fixed. */
export function makeLongReport(amount: number): Report {
  const packages = Array.from({ length: Math.ceil(amount / 5) }, (_, index) => packageAt(index));
  const findings = Array.from({ length: amount }, (_, index) => findingAt(index, packages));
  const system = findings.filter((_, index) => index % 5 < 2);
  const language = findings.filter((_, index) => index % 5 >= 2);
  return makeReport({
    artifact: { name: 'registry.example/team/api:1.2', type: 'container_image' },
    os: { family: 'debian', name: '12.5' },
    image: {
      id: makeDigest('d'),
      size: layers.reduce((sum, { size }) => sum + size, 0),
      repoTags: [],
      repoDigests: [],
      config: {
        os: 'linux',
        architecture: 'amd64',
        history: [
          { created_by: 'ADD rootfs.tar / # buildkit' },
          { created_by: 'CMD ["bash"]', empty_layer: true },
          { created_by: 'RUN /bin/sh -c apt-get install -y curl # buildkit' },
          { created_by: 'RUN /bin/sh -c npm ci # buildkit' },
          { created_by: 'COPY . /app # buildkit' },
        ],
      },
      layers,
    },
    results: [
      makeResult(system, { target: 'registry.example/team/api:1.2 (debian 12.5)', type: 'debian' }),
      makeResult(language, { target: 'app/package-lock.json', type: 'npm', class: 'lang-pkgs' }),
    ],
    verdict: { result: 'fail', gated: true, reasons: [{ kind: 'findings', count: amount }] },
    coverage: { catalogers: [{ cataloger: 'dpkg', files: 1, packages: packages.length }], notes: [] },
    data: [{ name: 'test-db', updatedAt: '2030-01-01T00:00:00Z' }],
  });
}

function packageAt(index: number): Package {
  const layer = layers[index % layers.length];
  return {
    ...makePackage(`package-${index}@1.${index % 30}.0`),
    id: `package-${index}@1.${index % 30}.0`,
    relationship: index % 10 === 0 ? 'direct' : 'indirect',
    dependsOn: [`package-${index + 1}@1.${(index + 1) % 30}.0`],
    ...(layer && { layer }),
  };
}

function findingAt(index: number, packages: readonly Package[]): Finding {
  const pkg = packages[index % packages.length] ?? packageAt(0);
  return makeFinding(`CVE-2030-${10_000 + index}`, pkg, {
    severity: severities[index % severities.length] ?? 'UNKNOWN',
    title: `package-${index}: a flaw of the kind ${index % 17}`,
    description: 'A long description of what an attacker can do with input that nobody expected. '.repeat(6),
    references: [`https://example.com/advisories/${index}`, `https://example.com/issues/${index}`],
    primaryUrl: `https://example.com/CVE-2030-${10_000 + index}`,
    ...(pkg.layer && { layer: pkg.layer }),
    ...(index % 2 === 0 && { fixedVersion: `1.${(index % 30) + 1}.0` }),
  });
}
