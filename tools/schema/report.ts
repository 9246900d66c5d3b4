import { z } from 'zod';
import type { Finding, Result, SuppressedFinding } from '../../src/core/index.ts';
import type { Artifact } from '../../src/reports/index.ts';
import { packageEntry } from './package.ts';
import { digest, moment, names } from './parts.ts';
import { plimsoll } from './plimsoll.ts';
import { vulnerability } from './vulnerability.ts';

const size = z.int().min(1).optional();

const metadata = z.object({
  Size: size.meta({ description: 'Unpacked bytes of all layers.' }),
  OS: z
    .object({ Family: z.string().optional(), Name: z.string().optional(), EOSL: z.literal(true).optional() })
    .optional(),
  ImageID: digest.optional(),
  DiffIDs: z.array(digest).optional(),
  RepoTags: z.array(z.string()).optional(),
  RepoDigests: z.array(z.string()).optional(),
  Reference: z.string().optional(),
  ImageConfig: z
    .looseObject({ architecture: z.string(), created: moment, os: z.string() })
    .optional()
    .meta({ description: 'The image configuration, see the OCI image specification.' }),
  Layers: z.array(z.object({ Size: size, Digest: digest.optional(), DiffID: digest.optional() })).optional(),
});

const modified = z.object({
  Type: z.enum(names<Finding['kind']>({ vulnerability: true })),
  Status: z.enum(names<SuppressedFinding['status']>({ ignored: true })),
  Statement: z.string(),
  Source: z.string(),
  Finding: vulnerability,
});

const result = z.object({
  Target: z.string(),
  Class: z.enum(names<Result['class']>({ 'os-pkgs': true, 'lang-pkgs': true })),
  Type: z.string(),
  Packages: z.array(packageEntry).optional(),
  Vulnerabilities: z.array(vulnerability).optional(),
  ExperimentalModifiedFindings: z
    .array(modified)
    .optional()
    .meta({ description: 'Findings that do not count, on request; the section `Plimsoll` has them always.' }),
});

const report = z
  .object({
    SchemaVersion: z.literal(2),
    Trivy: z
      .object({ Version: z.string() })
      .meta({ description: 'Kept for readers of that schema; the version is ours.' }),
    ReportID: z.string().meta({ format: 'uuid' }),
    CreatedAt: moment,
    ArtifactID: z.string().optional(),
    ArtifactName: z.string(),
    ArtifactType: z.enum(
      names<Artifact['type']>({
        container_image: true,
        filesystem: true,
        repository: true,
        vm: true,
        cyclonedx: true,
        spdx: true,
      }),
    ),
    Metadata: metadata,
    Results: z.array(result).optional(),
    Plimsoll: plimsoll,
  })
  .meta({
    title: 'Plimsoll report',
    description: "Trivy's schema 2 with a `Plimsoll` section. Readers ignore members that they do not know.",
  });

/** The schema of our JSON reports (JSON Schema 2020-12), as `schemas/plimsoll-report.schema.json` holds it. */
export function makeReportSchema(): Record<string, unknown> {
  return z.toJSONSchema(report, { io: 'input', target: 'draft-2020-12' });
}
