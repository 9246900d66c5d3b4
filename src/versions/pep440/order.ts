import { makeOrder } from '../order.ts';
import { type Test, testBound } from '../range.ts';
import type { VersionOrder } from '../scheme.ts';
import { comparePublic, comparePython, compareRelease, type PythonVersion, parsePython } from './version.ts';

export const pep440Order: VersionOrder = makeOrder({
  scheme: 'pep440',
  parse: parsePython,
  compare: comparePython,
  toTest,
});

/** One specifier (PEP 440, "Version specifiers"). Pre-releases count: advisories speak of them too. */
function toTest(operator: string, text: string): Test<PythonVersion> | undefined {
  if (text === '*') return operator === '' ? () => true : undefined;
  if (text.endsWith('.*')) return testPrefix(operator, text.slice(0, -2));
  const limit = parsePython(text);
  // Feeds list versions of before PEP 440 one by one; no version that can be read is equal to one of those.
  if (limit === undefined) return operator === '=' || operator === '==' ? () => false : undefined;
  switch (operator) {
    case '>':
      return (version) => comparePython(version, limit) > 0 && !isVariantOf(version, limit);
    case '~=':
      return testCompatible(limit);
    case '===':
      return (version) => comparePython(version, limit) === 0;
    default:
      return testBound(operator, (version) =>
        limit.local === null ? comparePublic(version, limit) : comparePython(version, limit),
      );
  }
}

/** A local build, and a post-release unless asked for, are not after the version that they vary. */
function isVariantOf(version: PythonVersion, limit: PythonVersion): boolean {
  const sameRelease = version.epoch === limit.epoch && compareRelease(version.release, limit.release) === 0;
  return sameRelease && ((version.post !== null && limit.post === null) || version.local !== null);
}

/** `==1.2.*` and `!=1.2.*`: versions of which the release begins so. */
function testPrefix(operator: string, text: string): Test<PythonVersion> | undefined {
  const prefix = parsePython(text);
  if (prefix === undefined || prefix.pre !== null || prefix.post !== null || prefix.dev !== null) return undefined;
  const begins: Test<PythonVersion> = (version) =>
    version.epoch === prefix.epoch && prefix.release.every((number, index) => number === (version.release[index] ?? 0));
  if (operator === '!=') return (version) => !begins(version);
  return ['', '=', '=='].includes(operator) ? begins : undefined;
}

/** `~=1.4.2` is `>=1.4.2, ==1.4.*` (PEP 440, "Compatible release"). */
function testCompatible(limit: PythonVersion): Test<PythonVersion> | undefined {
  if (limit.release.length < 2) return undefined;
  const kept = limit.release.slice(0, -1);
  return (version) =>
    comparePublic(version, limit) >= 0 &&
    version.epoch === limit.epoch &&
    kept.every((number, index) => number === (version.release[index] ?? 0));
}
