import { type Metrics, weigh } from './vector.ts';

const impacts = { H: 0.56, L: 0.22, N: 0 };

/** CVSS v3.1 specification, section 7.4; the same in v3.0. */
const tables = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: impacts,
  I: impacts,
  A: impacts,
};
const privileges = {
  U: { PR: { N: 0.85, L: 0.62, H: 0.27 } },
  C: { PR: { N: 0.85, L: 0.68, H: 0.5 } },
};

/** The base score of a CVSS v3.0 or v3.1 vector, 0 to 10; undefined when a base metric is missing or wrong. */
export function scoreV3(metrics: Metrics): number | undefined {
  const scope = metrics.get('S');
  if (scope !== 'U' && scope !== 'C') return undefined;
  const weights = weigh(metrics, { ...tables, ...privileges[scope] });
  if (weights === undefined) return undefined;
  const { AV, AC, PR, UI, C, I, A } = weights;
  const base = 1 - (1 - C) * (1 - I) * (1 - A);
  const impact = scope === 'U' ? 6.42 * base : 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15;
  if (impact <= 0) return 0;
  const sum = impact + 8.22 * AV * AC * PR * UI;
  return roundUp(Math.min(scope === 'U' ? sum : 1.08 * sum, 10));
}

/** Up to the next tenth, without the errors of binary fractions (appendix A). */
function roundUp(value: number): number {
  const scaled = Math.round(value * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}
