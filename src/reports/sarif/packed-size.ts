import { gzipSync } from 'node:zlib';
import { toJsonText } from '../../kit/json-text.ts';
import type { PlacedFinding } from '../ranking.ts';
import { limits } from './limits.ts';
import { toResult } from './result.ts';
import { toRule } from './rule.ts';

const sampleSize = 1000;
/** So few fit, whatever they say. */
const alwaysFits = 10_000;

/** How many of the first findings fit into the file once it is packed, told from an even sample of them. */
export function countFitting(ranked: readonly PlacedFinding[]): number {
  if (ranked.length <= alwaysFits) return ranked.length;
  const step = ranked.length / sampleSize;
  const sample = ranked.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  const rules = new Set(ranked.map(({ finding }) => finding.id)).size / ranked.length;
  const perResult = packedSize(sample, toResultOf) / sample.length;
  const perRule = packedSize(sample, toRuleOf) / sample.length;
  return Math.floor(limits.packedSize / (perResult + perRule * rules));
}

const dialect = { dialect: 'plimsoll' } as const;

function toResultOf({ finding, result }: PlacedFinding, ruleIndex: number): unknown {
  return toResult(finding, result, { ...dialect, ruleIndex, occurrence: () => 1 });
}

function toRuleOf({ finding, result }: PlacedFinding): unknown {
  return toRule(finding, result.class, dialect);
}

function packedSize(
  sample: readonly PlacedFinding[],
  toJson: (placed: PlacedFinding, index: number) => unknown,
): number {
  return gzipSync(toJsonText(sample.map(toJson))).length;
}
