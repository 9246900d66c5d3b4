import { z } from 'zod';
import {
  type CoverageCode,
  type CoverageNote,
  type ErrorData,
  type Result,
  type SuppressedFinding,
  severities,
  type Verdict,
  type VerdictReason,
} from '../../src/core/index.ts';
import type { Report } from '../../src/reports/index.ts';
import { digest, layer, names } from './parts.ts';
import { vulnerability } from './vulnerability.ts';

const coverageCodes = names<CoverageCode>({
  'layer-unreadable': true,
  'layer-mismatch': true,
  'entry-skipped': true,
  'limit-reached': true,
  'file-unreadable': true,
  'os-unknown': true,
  'os-unsupported': true,
  'os-end-of-life': true,
  'data-missing': true,
  'data-stale': true,
  'data-unreadable': true,
  'version-incomparable': true,
  'scanner-absent': true,
  'archive-unidentified': true,
  'no-advisories': true,
  'sbom-incomplete': true,
  'sbom-lacks': true,
  'sbom-unverified': true,
  'report-lacks': true,
  filtered: true,
});

const noteData: z.ZodType<ErrorData> = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const noteFields = {
  Effect: z
    .enum(names<CoverageNote['effect']>({ incomplete: true, note: true }))
    .meta({ description: '`incomplete` keeps a gate from passing; `note` does not.' }),
  Code: z.enum(coverageCodes).meta({ description: 'Stable name of what happened.' }),
  Message: z.string().meta({ description: 'The same in words; not stable.' }),
  Path: z.string().optional().meta({ description: 'The file it happened to, relative to the root.' }),
  Layer: layer.optional(),
  Data: noteData.optional().meta({ description: 'What the message is made of.' }),
};

/** A reason's schema by its kind, so that a new kind of reason does not compile without one. */
const reasons: Readonly<Record<VerdictReason['kind'], z.ZodType>> = {
  findings: z.object({ Kind: z.literal('findings'), Count: z.int().min(1) }),
  'end-of-life': z.object({ Kind: z.literal('end-of-life'), Family: z.string(), Release: z.string() }),
  incomplete: z.object({ Kind: z.literal('incomplete'), ...noteFields }),
};

const texts = z.array(z.string()).optional();

const subject = z
  .object({
    Kind: z.enum(names<NonNullable<Report['subject']>['kind']>({ container: true, filesystem: true })),
    Name: z.string().optional(),
    ImageID: digest.optional(),
    ManifestDigest: digest.optional(),
    Architecture: z.string().optional(),
    Reference: z.string().optional(),
    RepoTags: texts,
    RepoDigests: texts,
    DiffIDs: texts,
    Size: z.int().min(1).optional(),
  })
  .meta({ description: 'What the SBOM is about that was scanned.' });

const proof = {
  Source: z.string().meta({ description: 'The part of the advisory data that was looked up.' }),
  LookedUp: z.string().meta({ description: 'The name that was looked up in it.' }),
  Compared: z.string().meta({ description: 'The version that was compared.' }),
  Range: z.string().meta({ description: 'The range or bound that held.' }),
};

const suppressed = z.object({
  Target: z.string(),
  Class: z.enum(names<Result['class']>({ 'os-pkgs': true, 'lang-pkgs': true })),
  Type: z.string(),
  Status: z.enum(names<SuppressedFinding['status']>({ ignored: true })),
  Source: z.string().meta({ description: 'Where it was decided, for example the path of an ignore file.' }),
  Statement: z.string().optional(),
  Finding: vulnerability,
  Proof: z.object(proof).optional(),
});

/** The `Plimsoll` key of a report. */
export const plimsoll: z.ZodType = z
  .object({
    SchemaVersion: z.literal(1),
    Version: z.string().meta({ description: 'Version of the program that wrote the report.' }),
    Scanners: z.array(z.string()).meta({ description: 'What was looked for, by the names of `--scanners`.' }),
    Severities: z.array(z.enum(severities)).meta({ description: 'The severities that findings were asked for.' }),
    ListsPackages: z.boolean().meta({ description: 'False where only packages with findings are listed.' }),
    Artifact: z
      .object({
        ManifestDigest: digest.optional(),
        RepositoryRelease: z
          .string()
          .optional()
          .meta({ description: 'Release of the package repository where it differs from that of the system.' }),
        Subject: subject.optional(),
      })
      .meta({ description: 'What is known of the target beside its metadata.' }),
    Verdict: z.object({
      Result: z.enum(names<Verdict['result']>({ pass: true, fail: true, incomplete: true })).meta({
        description:
          '`fail` when findings or end of life break the gate, `incomplete` when nothing does but something could not be judged, else `pass`.',
      }),
      Gated: z.boolean().meta({ description: 'Whether the result was asked to decide an exit code.' }),
      Reasons: z.array(z.union(Object.values(reasons))),
    }),
    Coverage: z
      .object({
        Catalogers: z.array(
          z.object({ Cataloger: z.string(), Files: z.int().min(0), Packages: z.int().min(0) }).meta({
            description: 'How many files a cataloger read and how many packages it found in them.',
          }),
        ),
        Notes: z.array(z.object(noteFields)),
      })
      .meta({ description: 'What was looked at, and what could not be judged.' }),
    Data: z
      .array(
        z.object({
          Name: z.string(),
          UpdatedAt: z.string().optional(),
          NextUpdate: z.string().optional(),
          DownloadedAt: z.string().optional(),
        }),
      )
      .meta({ description: 'The advisory data used.' }),
    Proofs: z
      .array(
        z.object({
          Target: z.string(),
          VulnerabilityID: z.string(),
          PkgName: z.string().optional(),
          PkgPath: z.string().optional(),
          ...proof,
        }),
      )
      .meta({ description: 'Why each finding holds, in the order of the findings.' }),
    Suppressed: z.array(suppressed).meta({ description: 'Findings that do not count, and by whose word.' }),
    FileChecksums: z
      .array(z.object({ UID: z.string(), Checksum: z.string() }))
      .meta({ description: 'Checksums of the files that packages were read from, as `algorithm:hex`.' }),
  })
  .meta({ description: "What Trivy's schema has no place for." });
