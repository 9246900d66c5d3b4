import { z } from 'zod';
import type { Package, Relationship } from '../../src/core/index.ts';
import { layer, names } from './parts.ts';

const texts = z.array(z.string()).optional();
const epoch = z.int().min(1).optional();

export const identifier: z.ZodType = z.object({
  PURL: z.string().startsWith('pkg:').optional().meta({ description: 'Package URL.' }),
  UID: z.string().meta({ description: 'Opaque; the same for the same package at the same place.' }),
});

const relationship = z.enum(
  names<Exclude<Relationship, 'unknown'>>({ root: true, workspace: true, direct: true, indirect: true }),
);

const repositoryClass = z.enum(names<NonNullable<Package['repositoryClass']>>({ official: true, 'third-party': true }));

/** One entry of a result's `Packages`. */
export const packageEntry: z.ZodType = z.object({
  ID: z.string().optional(),
  Name: z.string().optional(),
  Identifier: identifier,
  Version: z.string().optional(),
  Release: z.string().optional(),
  Epoch: epoch,
  Arch: z.string().optional(),
  Dev: z.literal(true).optional(),
  SrcName: z.string().optional(),
  SrcVersion: z.string().optional(),
  SrcRelease: z.string().optional(),
  SrcEpoch: epoch,
  Licenses: texts,
  Maintainer: z.string().optional(),
  Modularitylabel: z.string().optional(),
  BuildInfo: z.object({ ContentSets: texts, Nvr: z.string().optional(), Arch: z.string().optional() }).optional(),
  Repository: z.object({ Class: repositoryClass }).optional(),
  Indirect: z.literal(true).optional(),
  Relationship: relationship.optional(),
  DependsOn: texts,
  Layer: layer.optional(),
  FilePath: z.string().optional(),
  Digest: z.string().optional(),
  Locations: z.array(z.object({ StartLine: z.int(), EndLine: z.int() })).optional(),
  InstalledFiles: texts,
  AnalyzedBy: z.string().optional(),
});
