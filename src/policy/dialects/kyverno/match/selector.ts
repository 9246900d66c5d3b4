import type { Fields } from '../../../model/fields.ts';
import { hasWildcard, matchesWildcard } from '../../../patterns/wildcard.ts';

/** A label selector (meta/v1); keys and values of `matchLabels` may have wildcards. */
export interface Selector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

/** @throws POLICY_INVALID */
export function readSelector(fields: Fields): Selector {
  return {
    labels: fields.textMap('matchLabels'),
    expressions: fields.items('matchExpressions').map((item) => {
      const operator = item.choice('operator', ['In', 'NotIn', 'Exists', 'DoesNotExist']);
      if (operator === undefined) throw item.invalid('operator', 'is missing');
      return { key: item.required('key'), operator, values: item.texts('values') };
    }),
  };
}

export function matchesSelector({ labels: wanted, expressions }: Selector, labels: Labels): boolean {
  return matchesPairs(wanted, labels) && expressions.every((expression) => holds(expression, labels));
}

/** Whether each wanted pair is there, by wildcards on both sides. */
export function matchesPairs(wanted: Labels, pairs: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    if (!hasWildcard(key)) return Object.hasOwn(pairs, key) && matchesWildcard(value, pairs[key] ?? '');
    return Object.entries(pairs).some(([name, text]) => matchesWildcard(key, name) && matchesWildcard(value, text));
  });
}

function holds({ key, operator, values }: Expression, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
  }
}
