import { type Metrics, weigh } from './vector.ts';

/** CVSS v2 guide, section 3.2.1. */
const tables = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
};

/** The base score of a CVSS v2 vector, 0 to 10; undefined when a base metric is missing or wrong. */
export function scoreV2(metrics: Metrics): number | undefined {
  const weights = weigh(metrics, tables);
  if (weights === undefined) return undefined;
  const { AV, AC, Au, C, I, A } = weights;
  const impact = 10.41 * (1 - (1 - C) * (1 - I) * (1 - A));
  if (impact === 0) return 0;
  const exploitability = 20 * AV * AC * Au;
  return Math.round((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176 * 10) / 10;
}
