import { macroVectorScores } from './data.ts';
import type { Metrics } from './vector.ts';

/** The values of each metric from most to least severe: the position is its severity level. */
const levels: Readonly<Record<string, string>> = {
  AV: 'NALP',
  PR: 'NLH',
  UI: 'NPA',
  AC: 'LH',
  AT: 'NP',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'SHLN',
  SI: 'SHLN',
  SA: 'SHLN',
  CR: 'HML',
  IR: 'HML',
  AR: 'HML',
  E: 'APU',
};

/** Values assumed where the vector says nothing (specification sections 3.1 and 4.1). */
const defaults: Readonly<Record<string, string>> = { E: 'A', CR: 'H', IR: 'H', AR: 'H' };

/** Which of its levels each equivalence set is in. EQ3 and EQ6 depend on each other. */
interface MacroVector {
  readonly eq1: number;
  readonly eq2: number;
  readonly eq3: number;
  readonly eq4: number;
  readonly eq5: number;
  readonly eq6: number;
}

/** A group of metrics in one level: its most severe vectors, and how many steps lie below them (tables 24 to 29). */
interface Group {
  readonly metrics: readonly string[];
  readonly highest: readonly string[];
  readonly depth: number;
}

const eq1Groups: readonly Group[] = [
  { metrics: ['AV', 'PR', 'UI'], highest: ['NNN'], depth: 1 },
  { metrics: ['AV', 'PR', 'UI'], highest: ['ANN', 'NLN', 'NNP'], depth: 4 },
  { metrics: ['AV', 'PR', 'UI'], highest: ['PNN', 'ALP'], depth: 5 },
];
const eq2Groups: readonly Group[] = [
  { metrics: ['AC', 'AT'], highest: ['LN'], depth: 1 },
  { metrics: ['AC', 'AT'], highest: ['HN', 'LP'], depth: 2 },
];
const vulnerable = ['VC', 'VI', 'VA', 'CR', 'IR', 'AR'];
/** By EQ3 and EQ6. */
const eq36Groups: Readonly<Record<string, Group>> = {
  '00': { metrics: vulnerable, highest: ['HHHHHH'], depth: 7 },
  '01': { metrics: vulnerable, highest: ['HHLMMH', 'HHHMMM'], depth: 6 },
  '10': { metrics: vulnerable, highest: ['LHHHHH', 'HLHHHH'], depth: 8 },
  '11': { metrics: vulnerable, highest: ['LHLHMH', 'LHHHMM', 'HLHMHM', 'HLLMHH', 'LLHHHM'], depth: 8 },
  '21': { metrics: vulnerable, highest: ['LLLHHH'], depth: 10 },
};
const eq4Groups: readonly Group[] = [
  { metrics: ['SC', 'SI', 'SA'], highest: ['HSS'], depth: 6 },
  { metrics: ['SC', 'SI', 'SA'], highest: ['HHH'], depth: 5 },
  { metrics: ['SC', 'SI', 'SA'], highest: ['LLL'], depth: 4 },
];

/**
 * The score of a CVSS v4.0 vector, 0 to 10 (specification section 8.2); undefined when a base metric is missing or wrong.
 * From the score of its MacroVector the mean of the steps towards the next lower ones is taken away.
 */
export function scoreV4(metrics: Metrics): number | undefined {
  const values = toEffective(metrics);
  if (values === undefined) return undefined;
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((metric) => values[metric] === 'N')) return 0;
  const macro = toMacroVector(values);
  const score = scoreOf(macro);
  if (score === undefined) return undefined;
  const steps = [
    step(score, scoreOf({ ...macro, eq1: macro.eq1 + 1 }), eq1Groups[macro.eq1], values),
    step(score, scoreOf({ ...macro, eq2: macro.eq2 + 1 }), eq2Groups[macro.eq2], values),
    step(score, scoreBelow36(macro), eq36Groups[`${macro.eq3}${macro.eq6}`], values),
    step(score, scoreOf({ ...macro, eq4: macro.eq4 + 1 }), eq4Groups[macro.eq4], values),
    step(score, scoreOf({ ...macro, eq5: macro.eq5 + 1 }), undefined, values),
  ].filter((found) => found !== undefined);
  const mean = steps.length === 0 ? 0 : steps.reduce((sum, one) => sum + one, 0) / steps.length;
  // The small addition keeps halves from being rounded down for a binary fraction's sake.
  return Math.round(Math.min(100, Math.max(0, score - mean)) + 1e-5) / 10;
}

type Values = Readonly<Record<string, string>>;

/** Modified metrics take the place of the base metrics they are named after. */
function toEffective(metrics: Metrics): Values | undefined {
  const values: Record<string, string> = {};
  for (const [metric, allowed] of Object.entries(levels)) {
    const modified = metrics.get(`M${metric}`);
    const base = metrics.get(metric);
    const stated = modified !== undefined && modified !== 'X' ? modified : base === 'X' ? undefined : base;
    const value = stated ?? defaults[metric];
    if (value === undefined || value.length !== 1 || !allowed.includes(value)) return undefined;
    values[metric] = value;
  }
  return values['SC'] === 'S' ? undefined : values;
}

/** Specification tables 24 to 29. */
function toMacroVector(values: Values): MacroVector {
  const { AC, AT, VC, VI, VA, SC, SI, SA, E = '' } = values;
  return {
    eq1: toEq1(values),
    eq2: AC === 'L' && AT === 'N' ? 0 : 1,
    eq3: VC === 'H' && VI === 'H' ? 0 : [VC, VI, VA].includes('H') ? 1 : 2,
    eq4: [SI, SA].includes('S') ? 0 : [SC, SI, SA].includes('H') ? 1 : 2,
    eq5: levelOf('E', E),
    eq6: ['C', 'I', 'A'].some((part) => values[`${part}R`] === 'H' && values[`V${part}`] === 'H') ? 0 : 1,
  };
}

function toEq1({ AV, PR, UI }: Values): number {
  if (AV === 'N' && PR === 'N' && UI === 'N') return 0;
  return [AV, PR, UI].includes('N') && AV !== 'P' ? 1 : 2;
}

/** In tenths; undefined for a MacroVector that does not exist. */
function scoreOf({ eq1, eq2, eq3, eq4, eq5, eq6 }: MacroVector): number | undefined {
  return eq4 > 2 || eq5 > 2 ? undefined : macroVectorScores[`${eq1}${eq2}`]?.[`${eq3}${eq6}`]?.[eq4 * 3 + eq5];
}

/** Below EQ3 0 with EQ6 0 two ways lead down, and the higher counts. */
function scoreBelow36(macro: MacroVector): number | undefined {
  const below3 = scoreOf({ ...macro, eq3: macro.eq3 + 1 });
  const below6 = scoreOf({ ...macro, eq6: macro.eq6 + 1 });
  if (below3 === undefined || below6 === undefined) return below3 ?? below6;
  return Math.max(below3, below6);
}

/** How far the vector has come from the group's highest towards the next lower score; undefined when there is none. */
function step(score: number, below: number | undefined, group: Group | undefined, values: Values): number | undefined {
  if (below === undefined) return undefined;
  return group === undefined ? 0 : (score - below) * (distance(group, values) / group.depth);
}

/** Steps from the first highest vector that is not less severe in any metric. */
function distance({ metrics, highest }: Group, values: Values): number {
  for (const vector of highest) {
    const steps = metrics.map((metric, index) => levelOf(metric, values[metric]) - levelOf(metric, vector[index]));
    if (steps.every((one) => one >= 0)) return steps.reduce((sum, one) => sum + one, 0);
  }
  return 0;
}

function levelOf(metric: string, value: string | undefined): number {
  return (levels[metric] ?? '').indexOf(value ?? '');
}
