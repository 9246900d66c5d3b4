import { type CelFunc, CelScalar, type CelValue, celFunc } from '@bufbuild/cel';
import { atEdge } from './list-functions.ts';

const { DOUBLE, DYN, INT } = CelScalar;

/** Functions of numbers, as in the extensions of cel-go. */
export const numberFunctions: readonly CelFunc[] = [
  ...[2, 3].flatMap((count) => [
    edge('math.greatest', count, (...values) => atEdge(values, 1)),
    edge('math.least', count, (...values) => atEdge(values, -1)),
  ]),
  celFunc('math.abs', [INT], INT, (value) => (value < 0n ? -value : value)),
  celFunc('math.abs', [DOUBLE], DOUBLE, Math.abs),
  celFunc('math.ceil', [DOUBLE], DOUBLE, Math.ceil),
  celFunc('math.floor', [DOUBLE], DOUBLE, Math.floor),
  celFunc('math.round', [DOUBLE], DOUBLE, Math.round),
  celFunc('math.round', [DOUBLE, INT], DOUBLE, (value, digits) => roundTo(value, Number(digits))),
];

function edge(name: string, count: number, run: (...values: readonly CelValue[]) => CelValue): CelFunc {
  return celFunc(name, new Array<typeof DYN>(count).fill(DYN), DYN, run);
}

function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
