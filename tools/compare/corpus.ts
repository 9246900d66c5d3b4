import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CompareOptions } from './options.ts';

/** One image with the database to scan it with and the report to compare with. */
export interface Case {
  readonly name: string;
  readonly image: string;
  readonly cacheDir: string;
  readonly reference: string;
}

export interface Corpus {
  readonly cases: readonly Case[];
  /** Images without a reference and references without an image. */
  readonly unpaired: readonly string[];
}

const archiveEnding = /\.(?:tar|tar\.gz|tgz|oci)$/;

/** Finds what belongs together: each image by name, each database `db-X` with the references `trivy-X`. */
export function findCases(options: CompareOptions): Corpus {
  const images = listImages(resolve(options.images ?? join(options.directory, 'images')));
  const cases: Case[] = [];
  const unpaired: string[] = [];
  for (const { cacheDir, references } of findPairs(options)) {
    const reports = new Set(list(references).filter((name) => /^[^.]+(?:\.tar)?\.json$/.test(name)));
    for (const [name, image] of images) {
      if (options.only.length > 0 && !options.only.includes(name)) continue;
      const report = [`${name}.json`, `${name}.tar.json`].find((candidate) => reports.delete(candidate));
      if (report === undefined) unpaired.push(`no reference in ${references} for the image ${name}`);
      else cases.push({ name, image, cacheDir, reference: join(references, report) });
    }
    if (options.only.length === 0)
      unpaired.push(...[...reports].map((report) => `no image for ${join(references, report)}`));
  }
  return { cases, unpaired };
}

function findPairs(options: CompareOptions): { readonly cacheDir: string; readonly references: string }[] {
  const { directory, cacheDir, reference } = options;
  const letters = (prefix: string): string[] =>
    list(directory)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  const common = letters('db-').filter((letter) => letters('trivy-').includes(letter));
  if (cacheDir !== undefined && reference !== undefined) {
    return [{ cacheDir: resolve(cacheDir), references: resolve(reference) }];
  }
  return common.map((letter) => ({
    cacheDir: resolve(cacheDir ?? join(directory, `db-${letter}`)),
    references: resolve(reference ?? join(directory, `trivy-${letter}`)),
  }));
}

/** Layout directories and archives by the name their reports go by. */
function listImages(directory: string): Map<string, string> {
  return new Map(list(directory).map((name) => [name.replace(archiveEnding, ''), join(directory, name)]));
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).sort() : [];
}
