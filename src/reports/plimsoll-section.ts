import type { CoverageNote, VerdictReason } from '../core/index.ts';
import { JsonList, JsonObject } from '../kit/json-stream.ts';
import { compact } from './compact.ts';
import type { RenderOptions, Report } from './report.ts';

/** What Trivy's schema has no place for: verdict, coverage, the data used, and why each finding holds. */
export function toPlimsollJson(report: Report, options: RenderOptions): JsonObject {
  return new JsonObject({
    SchemaVersion: 1,
    Version: options.programVersion,
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
  });
}

function* proofsOf(report: Report): Generator<Record<string, unknown>, void, undefined> {
  for (const { target, findings } of report.results) {
    for (const { id, package: pkg, proof } of findings) {
      yield {
        Target: target,
        VulnerabilityID: id,
        ...compact({ PkgName: pkg.name, PkgPath: pkg.filePath }),
        Source: proof.bucket,
        LookedUp: proof.lookedUp,
        Compared: proof.compared,
        Range: proof.range,
      };
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
