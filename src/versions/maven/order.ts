import { makeOrder } from '../order.ts';
import type { Test } from '../range.ts';
import type { VersionOrder } from '../scheme.ts';
import { compareMaven, type MavenVersion, parseMaven } from './version.ts';

export const mavenOrder: VersionOrder = makeOrder({
  scheme: 'maven',
  parse: parseMaven,
  compare: compareMaven,
  readAlternative: readIntervals,
});

const intervalPattern = /[\s,]*([[(])([^,[\]()]*)(,?)([^,[\]()]*)([\])])[\s,]*/y;

/** `[1.0,2.0)`, `(,1.3]`, `[1.5]`, and several of them by comma, any of which may hold (Maven, "Dependency Version Requirement"). */
function readIntervals(text: string): Test<MavenVersion> | undefined {
  const intervals: Test<MavenVersion>[] = [];
  intervalPattern.lastIndex = 0;
  for (let read = 0; read < text.length; read = intervalPattern.lastIndex) {
    const [, open, low = '', comma, high = '', close] = intervalPattern.exec(text) ?? [];
    if (open === undefined) return undefined;
    const exact = comma === '';
    if (exact && (open !== '[' || close !== ']' || low.trim() === '')) return undefined;
    const lower = testEdge(low, (order) => order > 0 || (open === '[' && order === 0));
    const upper = testEdge(exact ? low : high, (order) => order < 0 || (close === ']' && order === 0));
    if (lower === undefined || upper === undefined) return undefined;
    intervals.push((version) => lower(version) && upper(version));
  }
  return intervals.length === 0 ? undefined : (version) => intervals.some((holds) => holds(version));
}

/** An edge that is not stated is open. */
function testEdge(text: string, holds: (order: number) => boolean): Test<MavenVersion> | undefined {
  if (text.trim() === '') return () => true;
  const limit = parseMaven(text);
  return limit && ((version) => holds(compareMaven(version, limit)));
}
