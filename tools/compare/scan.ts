import { makeContext, scanDirectory, scanImage } from '../../src/app/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import type { Json } from './json.ts';

/** How each type of artifact in a reference is scanned again. */
const scans = {
  container_image: (input: string, cacheDir: string) =>
    scanImage(
      { image: { kind: 'archive', path: input }, data: { skipUpdate: true, skipJavaUpdate: true } },
      makeContext({ cacheDir }),
    ),
  filesystem: (path: string, cacheDir: string) =>
    scanDirectory(
      { path, tree: 'project', data: { skipUpdate: true, skipJavaUpdate: true } },
      makeContext({ cacheDir }),
    ),
};

/** Scans what a reference is about, in this process, and gives the JSON report as it would be printed. */
export async function scanAgain(reference: Json, input: string, cacheDir: string): Promise<Json> {
  const scan = reference['ArtifactType'] === 'filesystem' ? scans.filesystem : scans.container_image;
  const report = await scan(input, cacheDir);
  const render = await reportFormats.get('json')?.load();
  if (render === undefined) throw new TypeError('there is no JSON format');
  const options = { dialect: 'trivy', programVersion: '', listPackages: true, colour: false } as const;
  return JSON.parse([...render(report, options)].join('')) as Json;
}
