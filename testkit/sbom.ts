import type { OperatingSystem, Package, Result } from '../src/core/index.ts';
import type { Bom, DecodedBom } from '../src/sbom/index.ts';
import { composeBom, loadSbomWriter, readBom } from '../src/sbom/operations.ts';
import { makeFinding } from './findings.ts';
import { makePackage } from './inventory.ts';
import { fullPackage, makeDigest } from './report.ts';

export const documentId = '01890000-0000-7000-8000-000000000000';

/** An SBOM of results, as a scan of an image would write it. */
export function makeBom(
  results: readonly Result[],
  parts: Partial<Parameters<typeof composeBom>[0]> & { readonly os?: OperatingSystem } = {},
): Bom {
  return composeBom({
    id: documentId,
    created: new Date('2030-01-02T03:04:05.678Z'),
    tool: { name: 'plimsoll', version: '1.2.3' },
    subject: { kind: 'container', name: 'app:1' },
    results,
    notes: [],
    ownProperties: true,
    ...parts,
  });
}

/** An SBOM in which everything is there that we write. */
export function makeFullBom(): Bom {
  const libb = makePackage('libb@1', { purl: 'pkg:rpm/rocky/libb@1?arch=noarch&distro=rocky-9.2', arch: 'noarch' });
  const jar = (filePath: string): Package =>
    makePackage('org.example:core@2.14.1', {
      filePath,
      fileChecksum: `sha1:${'ab'.repeat(20)}`,
      purl: 'pkg:maven/org.example/core@2.14.1',
      licenses: ['MIT OR Apache-2.0', 'Their own licence', 'text://All rights reserved.'],
    });
  const scoped = makePackage('@scope/left@1.0.0', { purl: 'pkg:npm/%40scope/left@1.0.0', relationship: 'direct' });
  const system = {
    ...fullPackage,
    checksum: `sha1:${'01'.repeat(20)}`,
    purl: 'pkg:rpm/rocky/liba@2.0-3?arch=x86_64&distro=rocky-9.2&epoch=1',
  };
  const finding = makeFinding('CVE-2030-1', system, {
    fixedVersion: '1:2.0-4',
    title: 'A flaw',
    description: 'A flaw <in> liba & others.',
    cweIds: ['CWE-79'],
    primaryUrl: 'https://example.com/CVE-2030-1',
    dataSource: { id: 'rocky', name: 'Rocky Linux updateinfo', url: 'https://example.com/rocky' },
    vendorSeverity: { nvd: 4, rocky: 3 },
    cvss: { nvd: { v3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', v3Score: 9.8 } },
    publishedDate: '2030-01-01T00:00:00Z',
    lastModifiedDate: '2030-01-02T00:00:00Z',
  });
  return makeBom(
    [
      { target: 'app:1 (rocky 9.2)', class: 'os-pkgs', type: 'rocky', packages: [system, libb], findings: [finding] },
      {
        target: 'Java',
        class: 'lang-pkgs',
        type: 'jar',
        packages: [jar('a/core.jar'), jar('b/core.jar')],
        findings: [],
      },
      { target: 'app/package-lock.json', class: 'lang-pkgs', type: 'npm', packages: [scoped], findings: [] },
    ],
    {
      os: { family: 'rocky', name: '9.2' },
      subject: {
        kind: 'container',
        name: 'registry.example.com/app:1',
        imageId: makeDigest('d'),
        manifestDigest: makeDigest('e'),
        architecture: 'amd64',
        reference: 'registry.example.com/app:1',
        repoTags: ['registry.example.com/app:1'],
        repoDigests: [`registry.example.com/app@${makeDigest('e')}`],
        diffIds: [makeDigest('b')],
        size: 4096,
      },
      notes: [{ effect: 'incomplete', code: 'file-unreadable', message: 'app/x.jar ends early', path: 'app/x.jar' }],
    },
  );
}

/** Writes an SBOM in one format and reads it back. */
export async function throughFormat(bom: Bom, format: string, version?: string): Promise<DecodedBom> {
  const write = await loadSbomWriter(format);
  return readBom(Buffer.from(write(bom, version)));
}
