import { createHash } from 'node:crypto';
import { type CelFunc, CelScalar, celFunc, celMethod, listType, mapType } from '@bufbuild/cel';
import semver from 'semver';
import { serviceAccountOf } from '../../../../model/service-account.ts';
import { compilePattern } from '../../../../patterns/regexp.ts';

const { BOOL, INT, STRING } = CelScalar;
const hashes = ['md5', 'sha1', 'sha256'] as const;
const maxFound = 1000;

/** Functions of texts, by Kyverno's names and those of Kubernetes. */
export const textFunctions: readonly CelFunc[] = [
  ...hashes.flatMap((name) =>
    [name, `hash.${name}`].map((full) =>
      celFunc(full, [STRING], STRING, (text) => createHash(name).update(text).digest('hex')),
    ),
  ),
  celFunc('strings.quote', [STRING], STRING, (text) => JSON.stringify(text)),
  celMethod('find', STRING, [STRING], STRING, function (pattern) {
    return findAll(this, pattern, 1)[0] ?? '';
  }),
  celMethod('findAll', STRING, [STRING], listType(STRING), function (pattern) {
    return findAll(this, pattern, maxFound);
  }),
  celMethod('findAll', STRING, [STRING, INT], listType(STRING), function (pattern, count) {
    return findAll(this, pattern, count < 0n ? maxFound : Math.min(Number(count), maxFound));
  }),
  celFunc('parseServiceAccount', [STRING], mapType(STRING, STRING), serviceAccount),
  celFunc('isSemver', [STRING], BOOL, (text) => semver.valid(text) !== null),
];

function findAll(text: string, pattern: string, count: number): string[] {
  const matcher = compilePattern(pattern).matcher(text);
  const found: string[] = [];
  while (found.length < count && matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

function serviceAccount(name: string): Map<string, string> {
  const account = serviceAccountOf(name);
  return new Map(Object.entries({ Name: account.name, Namespace: account.namespace }));
}
