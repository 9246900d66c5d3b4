import type { Result, SuppressedFinding } from '../core/index.ts';
import { JsonList, JsonObject } from '../kit/json-stream.ts';
import { compact } from './compact.ts';
import { toImageConfigJson } from './image-config.ts';
import { toPlimsollJson } from './plimsoll-section.ts';
import type { ImageFacts, RenderOptions, Report } from './report.ts';
import { toPackageJson } from './trivy-package.ts';
import { toVulnerabilityJson } from './trivy-vulnerability.ts';

/** The whole report in the field names and order of Trivy's schema 2; under our own name with the section `Plimsoll`. */
export function toTrivyDocument(report: Report, options: RenderOptions): JsonObject {
  const results = report.results.filter((result) => hasContent(result, options));
  return new JsonObject({
    SchemaVersion: 2,
    Trivy: { Version: options.programVersion },
    ReportID: report.reportId,
    CreatedAt: report.createdAt.toISOString(),
    ...compact({ ArtifactID: report.artifact.id }),
    ArtifactName: report.artifact.name,
    ArtifactType: report.artifact.type,
    Metadata: toMetadataJson(report),
    ...(results.length > 0 && {
      Results: new JsonList(results.map((result) => toResultJson(result, report, options))),
    }),
    ...(options.dialect === 'plimsoll' && { Plimsoll: toPlimsollJson(report, options) }),
  });
}

function toResultJson(result: Result, report: Report, options: RenderOptions): JsonObject {
  const { target, packages, findings, suppressed = [] } = result;
  const artifactId = report.artifact.id ?? '';
  return new JsonObject({
    ...compact({ Target: target, Class: result.class, Type: result.type }),
    ...(options.listPackages &&
      packages.length > 0 && { Packages: listOf(packages, (pkg) => toPackageJson(pkg, target)) }),
    ...(findings.length > 0 && {
      Vulnerabilities: listOf(findings, (finding) => toVulnerabilityJson(finding, target, artifactId)),
    }),
    ...(options.showSuppressed &&
      suppressed.length > 0 && {
        ExperimentalModifiedFindings: listOf(suppressed, (one) => toModifiedJson(one, target, artifactId)),
      }),
  });
}

function listOf<T>(items: readonly T[], toJson: (item: T) => unknown): JsonList {
  return new JsonList(items.values().map(toJson));
}

function toModifiedJson(
  { finding, status, statement = '', source }: SuppressedFinding,
  target: string,
  artifactId: string,
): Record<string, unknown> {
  const Finding = toVulnerabilityJson(finding, target, artifactId);
  return { Type: finding.kind, Status: status, Statement: statement, Source: source, Finding };
}

function hasContent(
  { packages, findings, suppressed = [] }: Result,
  { listPackages, showSuppressed }: RenderOptions,
): boolean {
  if (findings.length > 0 || (listPackages && packages.length > 0)) return true;
  return showSuppressed === true && suppressed.length > 0;
}

/** What the report says of the image and its operating system. */
export function toMetadataJson({ os, image }: Report): Record<string, unknown> {
  return compact({
    Size: image?.size,
    OS: os && compact({ Family: os.family, Name: os.name, EOSL: os.endOfLife }),
    ...(image && toImageJson(image)),
  });
}

function toImageJson(image: ImageFacts): Record<string, unknown> {
  return {
    ImageID: image.id,
    DiffIDs: image.layers.map(({ diffId }) => diffId),
    RepoTags: image.repoTags,
    RepoDigests: image.repoDigests,
    Reference: image.reference,
    ImageConfig: toImageConfigJson(image.config),
    Layers: image.layers.map(({ size, digest, diffId }) => compact({ Size: size, Digest: digest, DiffID: diffId })),
  };
}
