import { existsSync, readFileSync } from 'node:fs';
import type { Report } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { sbomFormats } from '../../src/sbom/registry.ts';

/** An SBOM of an image. */
export interface SbomDocument {
  /** For example `cyclonedx 1.6`, or the name of the file it was found in. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly isOurs: boolean;
}

/** The SBOMs that we write of a scanned image, in every format and version. */
export async function writeDocuments(report: Report): Promise<SbomDocument[]> {
  const documents: SbomDocument[] = [];
  for (const { id, writes } of sbomFormats.all) {
    const render = await reportFormats.get(id)?.load();
    if (render === undefined) throw new TypeError(`no report is called ${id}`);
    for (const specVersion of writes) {
      const rendered = render(report, {
        dialect: 'plimsoll',
        programVersion: '0.0.0',
        listPackages: true,
        colour: false,
        specVersion,
      });
      const text = typeof rendered === 'string' ? rendered : [...rendered].join('');
      documents.push({ name: `${id} ${specVersion}`, bytes: Buffer.from(text), isOurs: true });
    }
  }
  return documents;
}

/** SBOMs that lie beside the report `reference`, by the ending that their makers give them. */
export function findDocuments(reference: string): SbomDocument[] {
  return ['.cdx.json', '.cdx.xml', '.spdx.json', '.spdx'].flatMap((ending) => {
    const path = reference.replace(/\.json$/, ending);
    return existsSync(path) ? [{ name: `reference${ending}`, bytes: readFileSync(path), isOurs: false }] : [];
  });
}
