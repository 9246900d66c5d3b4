import type { CoverageNote, MatchProof, VerdictReason } from '../core/index.ts';
import { JsonList, JsonObject } from '../kit/json-stream.ts';
import { compact } from './compact.ts';
import { uidOf } from './identity.ts';
import type { RenderOptions, Report } from './report.ts';
import { toVulnerabilityJson } from './trivy-vulnerability.ts';

/** What Trivy's schema has no place for: verdict, coverage, the data used, and why each finding holds. */
export function toPlimsollJson(report: Report, options: RenderOptions): JsonObject {
  return new JsonObject({
    SchemaVersion: 1,
    Version: options.programVersion,
    Scanners: report.scanners,
    Severities: report.severities,
    ListsPackages: options.listPackages,
    Artifact: toArtifactJson(report),
    Verdict: {
      Result: report.verdict.result,
      Gated: report.verdict.gated,
      Reasons: report.verdict.reasons.map(toReasonJson),
    },
    Coverage: {
      Catalogers: report.coverage.catalogers.map(({ cataloger, files, packages }) => ({
        Cataloger: cataloger,
        Files: files,
        Packages: packages,
      })),
      Notes: report.coverage.notes.map(toNoteJson),
    },
    Data: report.data.map(({ name, updatedAt, nextUpdate, downloadedAt }) =>
      compact({ Name: name, UpdatedAt: updatedAt, NextUpdate: nextUpdate, DownloadedAt: downloadedAt }),
    ),
    Proofs: new JsonList(proofsOf(report)),
    Suppressed: new JsonList(suppressedOf(report)),
    FileChecksums: new JsonList(options.listPackages ? fileChecksumsOf(report) : []),
  });
}

/** What is known of the target beside its metadata. */
function toArtifactJson({ image, os, subject }: Report): Record<string, unknown> {
  return compact({
    ManifestDigest: image?.manifestDigest,
    RepositoryRelease: os?.repositoryRelease,
    Subject:
      subject &&
      compact({
        Kind: subject.kind,
        Name: subject.name,
        ImageID: subject.imageId,
        ManifestDigest: subject.manifestDigest,
        Architecture: subject.architecture,
        Reference: subject.reference,
        RepoTags: subject.repoTags,
        RepoDigests: subject.repoDigests,
        DiffIDs: subject.diffIds,
        Size: subject.size,
      }),
  });
}

function* proofsOf(report: Report): Generator<Record<string, unknown>, void, undefined> {
  for (const { target, findings } of report.results) {
    for (const { id, package: pkg, proof } of findings) {
      if (proof === undefined) continue;
      yield {
        Target: target,
        VulnerabilityID: id,
        ...compact({ PkgName: pkg.name, PkgPath: pkg.filePath }),
        ...toProofJson(proof),
      };
    }
  }
}

function toProofJson(proof: MatchProof): Record<string, unknown> {
  return { Source: proof.bucket, LookedUp: proof.lookedUp, Compared: proof.compared, Range: proof.range };
}

function* suppressedOf({ results, artifact }: Report): Generator<Record<string, unknown>, void, undefined> {
  for (const { target, class: kind, type, suppressed = [] } of results) {
    for (const { finding, status, source, statement } of suppressed) {
      yield {
        Target: target,
        Class: kind,
        Type: type,
        Status: status,
        Source: source,
        ...compact({ Statement: statement }),
        Finding: toVulnerabilityJson(finding, target, artifact.id ?? ''),
        ...(finding.proof && { Proof: toProofJson(finding.proof) }),
      };
    }
  }
}

function* fileChecksumsOf({ results }: Report): Generator<Record<string, unknown>, void, undefined> {
  for (const { target, packages } of results) {
    for (const pkg of packages) {
      if (pkg.fileChecksum !== undefined) yield { UID: uidOf(pkg, target), Checksum: pkg.fileChecksum };
    }
  }
}

function toReasonJson(reason: VerdictReason): Record<string, unknown> {
  switch (reason.kind) {
    case 'findings':
      return { Kind: reason.kind, Count: reason.count };
    case 'end-of-life':
      return { Kind: reason.kind, Family: reason.family, Release: reason.release };
    case 'incomplete':
      return { Kind: reason.kind, ...toNoteJson(reason.note) };
    default:
      return reason satisfies never;
  }
}

function toNoteJson(note: CoverageNote): Record<string, unknown> {
  return compact({
    Effect: note.effect,
    Code: note.code,
    Message: note.message,
    Path: note.path,
    Layer: compact({ Digest: note.layer?.digest, DiffID: note.layer?.diffId }),
    Data: note.data,
  });
}
