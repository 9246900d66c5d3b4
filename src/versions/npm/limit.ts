import type SemVer from 'semver/classes/semver.js';
import parseSemVer from 'semver/functions/parse.js';

/** The version of a bound; of `1.2` or `1.2.x` the first two numbers are known. */
export interface Limit {
  readonly version: SemVer;
  readonly known: number;
}

const pattern = /^[v=]?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(-?[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Reads a version that may lack numbers or have `x`, `X` or `*` in their place; undefined when it is none. */
export function parseLimit(text: string): Limit | undefined {
  const [whole, major = '*', minor = '*', patch = '*', prerelease = ''] = pattern.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const numbers = [major, minor, patch];
  const wild = numbers.findIndex((number) => Number.isNaN(Number(number)));
  const known = wild < 0 ? numbers.length : wild;
  const filled = numbers.map((number, index) => (index < known ? number : '0')).join('.');
  const version = parseSemVer(`${filled}${prerelease}`, { loose: true });
  return version === null ? undefined : { version, known };
}
