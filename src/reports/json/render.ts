import type { Result } from '../../core/index.ts';
import { toJsonText } from '../../kit/json-text.ts';
import type { ImageFacts, Render, RenderOptions, Report } from '../report.ts';
import { compact } from './compact.ts';
import { toImageConfigJson } from './image-config.ts';
import { toPackageJson } from './package.ts';
import { toPlimsollJson } from './plimsoll.ts';
import { toVulnerabilityJson } from './vulnerability.ts';

/** The report as JSON with an indent of two, field names and order as in Trivy's schema 2. */
export const renderJson: Render = (report, options) => {
  const results = report.results.map((result) => toResultJson(result, report, options)).filter(hasContent);
  const document = {
    SchemaVersion: 2,
    Trivy: { Version: options.programVersion },
    ReportID: report.reportId,
    CreatedAt: report.createdAt.toISOString(),
    ...compact({ ArtifactID: report.artifact.id }),
    ArtifactName: report.artifact.name,
    ArtifactType: report.artifact.type,
    Metadata: toMetadataJson(report),
    ...(results.length > 0 && { Results: results }),
    ...(options.dialect === 'plimsoll' && { Plimsoll: toPlimsollJson(report, options) }),
  };
  return toJsonText(document);
};

function toResultJson(result: Result, report: Report, options: RenderOptions): Record<string, unknown> {
  const { target } = result;
  return compact({
    Target: target,
    Class: result.class,
    Type: result.type,
    Packages: options.listPackages ? result.packages.map((pkg) => toPackageJson(pkg, target)) : [],
    Vulnerabilities: result.findings.map((finding) => toVulnerabilityJson(finding, target, report.artifact.id ?? '')),
  });
}

function hasContent(result: Record<string, unknown>): boolean {
  return result['Packages'] !== undefined || result['Vulnerabilities'] !== undefined;
}

function toMetadataJson({ os, image }: Report): Record<string, unknown> {
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
