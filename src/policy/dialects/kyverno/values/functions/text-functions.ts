import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import semver from 'semver';
import { makeImage, tagOf, writtenRepository } from '../../../../images/name.ts';
import { compilePattern } from '../../../../patterns/regexp.ts';
import { matchesWildcard } from '../../../../patterns/wildcard.ts';
import { type FunctionTable, number, text } from './function.ts';

/** Functions of texts, by Kyverno's names. */
export const textFunctions: FunctionTable = {
  compare: (args) => Math.sign(Buffer.compare(Buffer.from(text(args, 0)), Buffer.from(text(args, 1)))),
  equal_fold: (args) => text(args, 0).toLowerCase() === text(args, 1).toLowerCase(),
  replace: (args) => replaceSome(text(args, 0), text(args, 1), text(args, 2), number(args, 3)),
  replace_all: (args) => text(args, 0).split(text(args, 1)).join(text(args, 2)),
  to_upper: (args) => text(args, 0).toUpperCase(),
  to_lower: (args) => text(args, 0).toLowerCase(),
  trim: (args) => trimCharacters(text(args, 0), text(args, 1)),
  trim_prefix: (args) => {
    const [whole, prefix] = [text(args, 0), text(args, 1)];
    return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  },
  split: (args) => text(args, 0).split(text(args, 1)),
  truncate: (args) => text(args, 0).slice(0, Math.max(0, number(args, 1))),
  regex_match: (args) => compilePattern(text(args, 0)).matcher(text(args, 1)).find(),
  regex_replace_all: (args) => compilePattern(text(args, 0)).matcher(text(args, 1)).replaceAll(text(args, 2)),
  regex_replace_all_literal: (args) =>
    compilePattern(text(args, 0)).matcher(text(args, 1)).replaceAll(text(args, 2).replaceAll('$', '$$$$')),
  pattern_match: (args) => matchesWildcard(text(args, 0), text(args, 1)),
  path_canonicalize: (args) => posix.normalize(text(args, 0)),
  semver_compare: (args) => semver.satisfies(text(args, 0), text(args, 1), { includePrerelease: true }),
  image_normalize: (args) => normalize(text(args, 0)),
  base64_decode: (args) => Buffer.from(text(args, 0), 'base64').toString('utf8'),
  base64_encode: (args) => Buffer.from(text(args, 0)).toString('base64'),
  sha256: (args) => createHash('sha256').update(text(args, 0)).digest('hex'),
  sha1: (args) => createHash('sha1').update(text(args, 0)).digest('hex'),
  md5: (args) => createHash('md5').update(text(args, 0)).digest('hex'),
};

/** A name with its registry and tag; one with a digest has that alone, and nothing is added for Docker Hub. */
function normalize(name: string): string {
  const image = makeImage(name, []);
  const { registry, digest } = image.reference;
  const path = `${registry}/${writtenRepository(image)}`;
  return digest === undefined ? `${path}:${tagOf(image.reference)}` : `${path}@${digest}`;
}

function replaceSome(whole: string, old: string, by: string, count: number): string {
  const parts = whole.split(old);
  if (count < 0) return parts.join(by);
  const replaced = parts.slice(0, count + 1).join(by);
  return [replaced, ...parts.slice(count + 1)].join(old);
}

function trimCharacters(whole: string, characters: string): string {
  const all = Array.from(whole);
  const isKept = (char: string): boolean => !characters.includes(char);
  const from = all.findIndex(isKept);
  return from < 0 ? '' : all.slice(from, all.findLastIndex(isKept) + 1).join('');
}
