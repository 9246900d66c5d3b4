import type { Package, Result } from '../../core/index.ts';
import { JsonObject } from '../../kit/json-stream.ts';
import { compact } from '../compact.ts';
import type { RenderOptions, Report } from '../report.ts';

/** The packages of each target, by their names, both in order. */
export function toManifests(report: Report, options: RenderOptions): Record<string, JsonObject> {
  const entries = report.results
    .filter(({ packages }) => packages.length > 0)
    .map((result): [string, JsonObject] => [result.target, toManifest(result, report, options)]);
  return toRecord(entries);
}

function toManifest(result: Result, report: Report, options: RenderOptions): JsonObject {
  const place = result.class === 'lang-pkgs' ? placeOf(result, report) : '';
  return new JsonObject({
    ...compact({ name: result.type, file: compact({ source_location: place }) }),
    resolved: new JsonObject(resolve(result, options)),
  });
}

/** The image with tag and digest; where there is none, the file. */
function placeOf({ target }: Result, { artifact, image }: Report): string {
  if (artifact.type !== 'container_image') return target;
  const [, digest] = /@(.*)$/s.exec(image?.repoDigests.join(', ') ?? '') ?? [];
  const tags = image?.repoTags.join(', ') ?? '';
  return digest === undefined ? tags : `${tags}@${digest}`;
}

function resolve({ packages }: Result, { dialect }: RenderOptions): Record<string, unknown> {
  if (dialect === 'trivy') {
    return toRecord(packages.map((pkg) => [pkg.name, toDependency(pkg, pkg.dependsOn ?? [])]));
  }
  const purls = new Map(packages.map(({ id, purl }) => [id, purl]));
  const taken = new Set<string>();
  return toRecord(
    packages.map((pkg) => [
      chooseKey(pkg, taken),
      toDependency(
        pkg,
        (pkg.dependsOn ?? []).flatMap((id) => purls.get(id) ?? []),
      ),
    ]),
  );
}

function toDependency(pkg: Package, dependencies: readonly string[]): Record<string, unknown> {
  return compact({
    package_url: pkg.purl,
    relationship: pkg.relationship === 'indirect' ? 'indirect' : 'direct',
    dependencies,
    scope: 'runtime',
    metadata: compact({ source_location: pkg.filePath }),
  });
}

/** The name, as Trivy has it; with more to it where another version or place of the package has the name already. */
function chooseKey({ name, version, filePath = '' }: Package, taken: Set<string>): string {
  const keys = [name, `${name}@${version}`, `${name}@${version} (${filePath})`];
  const key = keys.find((one) => !taken.has(one)) ?? `${name}@${version} (${filePath}) ${taken.size}`;
  taken.add(key);
  return key;
}

function toRecord<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
