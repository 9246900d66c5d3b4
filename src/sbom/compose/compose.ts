import type { CoverageCode, CoverageNote, Package, Result } from '../../core/index.ts';
import type { Bom, Component, Relation } from '../model.ts';
import { makeProperties } from '../properties.ts';
import type { BomContents, BomSubject } from './contents.ts';
import { type ComponentGroup, composeGroup } from './group.ts';
import { References } from './ref.ts';
import { composeVulnerabilities } from './vulnerabilities.ts';

/** The SBOM of what was found: the subject, its OS, applications and packages, and how they hang together. */
export function composeBom(contents: BomContents): Bom {
  const references = new References();
  const gaps = contents.notes.filter(isGap);
  const subject = toSubject(contents, gaps, references);
  const os = toOperatingSystem(contents, references);
  const unique = uniquePurls(contents.results);
  const context = { references, unique, withOwn: contents.ownProperties };
  const groups = contents.results.map((result) =>
    composeGroup(result, result.class === 'os-pkgs' && os !== undefined ? os.ref : subject.ref, context),
  );
  return {
    document: {
      name: contents.subject.name,
      id: contents.id,
      created: toMoment(contents.created),
      tools: [contents.tool],
      authors: contents.author === undefined ? [] : [contents.author],
      ...(contents.ownProperties && contents.subject.kind === 'container' && { lifecycles: ['post-build'] }),
      ...(gaps.length > 0 && contents.ownProperties && { isIncomplete: true }),
    },
    subject,
    components: sortComponents([...(os === undefined ? [] : [os]), ...groups.flatMap(componentsOf)]),
    relations: [
      ...(os === undefined ? [] : [{ from: subject.ref, to: os.ref, kind: 'contains' } satisfies Relation]),
      ...groups.flatMap(({ relations }) => relations),
    ],
    vulnerabilities: composeVulnerabilities(contents.results, mergeRefs(groups)),
  };
}

/** What was not read of the target stays unread, whoever looks at the SBOM; notes of other kinds are made anew then. */
const gapCodes: ReadonlySet<CoverageCode> = new Set<CoverageCode>([
  'layer-unreadable',
  'layer-mismatch',
  'entry-skipped',
  'limit-reached',
  'file-unreadable',
  'archive-unidentified',
  'sbom-incomplete',
]);

function isGap({ effect, code }: CoverageNote): boolean {
  return effect === 'incomplete' && gapCodes.has(code);
}

function toSubject(
  { subject, ownProperties }: BomContents,
  gaps: readonly CoverageNote[],
  refs: References,
): Component {
  return {
    ref: refs.take(undefined, ['subject', subject.kind, subject.name, subject.imageId]),
    kind: subject.kind,
    name: subject.name,
    ...imageIdentity(subject),
    properties: makeProperties(
      {
        SchemaVersion: '2',
        Size: subject.size,
        ImageID: subject.imageId,
        DiffID: subject.diffIds,
        RepoTag: subject.repoTags,
        RepoDigest: subject.repoDigests,
        Reference: subject.reference,
      },
      ownProperties ? { ManifestDigest: subject.manifestDigest, Incomplete: gaps.map(describeGap) } : {},
    ),
  };
}

/** An image is known to the world by the digest of its manifest. */
function imageIdentity({ manifestDigest, repoDigests = [], architecture }: BomSubject): Partial<Component> {
  const [repository] = repoDigests[0]?.split('@') ?? [];
  if (manifestDigest === undefined) return {};
  const hash = { algorithm: 'sha256', value: manifestDigest.replace(/^sha256:/, '') };
  const known = { version: manifestDigest, ...(manifestDigest.startsWith('sha256:') && { hashes: [hash] }) };
  if (repository === undefined || repository === '') return known;
  const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
  return { ...known, purl: toImagePurl(name, manifestDigest, repository, architecture) };
}

function toImagePurl(name: string, digest: string, repository: string, arch: string | undefined): string {
  const qualifiers = [
    ...(arch === undefined ? [] : [`arch=${arch}`]),
    `repository_url=${encodeURIComponent(repository)}`,
  ];
  return `pkg:oci/${encodeURIComponent(name)}@${digest.replace(':', '%3A')}?${qualifiers.join('&')}`;
}

function describeGap({ code, message, path }: CoverageNote): string {
  return `${code}: ${message}${path === undefined ? '' : ` (${path})`}`;
}

function toOperatingSystem({ os, ownProperties }: BomContents, references: References): Component | undefined {
  if (os === undefined) return undefined;
  return {
    ref: references.take(undefined, ['operating-system', os.family, os.name]),
    kind: 'operating-system',
    name: os.family,
    ...(os.name !== '' && { version: os.name }),
    properties: makeProperties(
      { Class: 'os-pkgs', Type: os.family },
      ownProperties ? { RepositoryRelease: os.repositoryRelease } : {},
    ),
  };
}

function uniquePurls(results: readonly Result[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { packages } of results) {
    for (const { purl } of packages) if (purl !== undefined) counts.set(purl, (counts.get(purl) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count === 1).map(([purl]) => purl));
}

function componentsOf({ application, components }: ComponentGroup): readonly Component[] {
  return application === undefined ? components : [application, ...components];
}

function mergeRefs(groups: readonly ComponentGroup[]): Map<Package, string> {
  return new Map(groups.flatMap(({ refs }) => [...refs]));
}

function sortComponents(components: readonly Component[]): Component[] {
  return [...components].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Whole seconds: SPDX has no fractions (spdx-spec 6.9). */
function toMoment(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
