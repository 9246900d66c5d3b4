import { compareValues, isEqual, isInRange } from './compare.ts';

/** Whether a condition's key has the relation to its value. */
type Operator = (key: unknown, value: unknown) => boolean;

function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A text may be a list in JSON, or a range. */
function isAmong(key: unknown, value: unknown): boolean {
  if (typeof value === 'string') {
    const inRange = isInRange(key, value);
    if (inRange !== undefined) return inRange;
    return toTexts(value).some((item) => isAlike(key, item));
  }
  return toList(value).some((item) => isAlike(key, item));
}

function toTexts(value: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [value];
  } catch (error) {
    if (error instanceof SyntaxError) return [value];
    throw error;
  }
}

/** Wildcards may be on either side. */
function isAlike(key: unknown, value: unknown): boolean {
  return isEqual(key, value) || isEqual(value, key);
}

const anyIn: Operator = (key, value) => toList(key).some((item) => isAmong(item, value));
const allIn: Operator = (key, value) => toList(key).every((item) => isAmong(item, value));
const anyNotIn: Operator = (key, value) => toList(key).some((item) => !isAmong(item, value));
const allNotIn: Operator = (key, value) => toList(key).every((item) => !isAmong(item, value));

/** What has no order is in no relation of order. */
function ordered(holds: (difference: number) => boolean): Operator {
  return (key, value) => {
    const difference = compareValues(key, value);
    return difference !== undefined && holds(difference);
  };
}

const greater = ordered((difference) => difference > 0);
const greaterOrEqual = ordered((difference) => difference >= 0);
const less = ordered((difference) => difference < 0);
const lessOrEqual = ordered((difference) => difference <= 0);

const byName: Readonly<Record<string, Operator>> = {
  equal: isEqual,
  equals: isEqual,
  notequal: (key, value) => !isEqual(key, value),
  notequals: (key, value) => !isEqual(key, value),
  in: allIn,
  anyin: anyIn,
  allin: allIn,
  notin: allNotIn,
  anynotin: anyNotIn,
  allnotin: allNotIn,
  greaterthan: greater,
  greaterthanorequals: greaterOrEqual,
  lessthan: less,
  lessthanorequals: lessOrEqual,
  durationgreaterthan: greater,
  durationgreaterthanorequals: greaterOrEqual,
  durationlessthan: less,
  durationlessthanorequals: lessOrEqual,
};

/** The operator of a name, whatever its case; undefined for none. */
export function findOperator(name: string): Operator | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(byName, key) ? byName[key] : undefined;
}
