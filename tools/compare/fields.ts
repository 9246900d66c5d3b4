import { asObject, type Json, joinFields } from './json.ts';

/** A field that is not the same; undefined stands for absent. */
export interface FieldDifference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Fields that no two runs, or no two programs, have in common. */
const ignored: ReadonlySet<string> = new Set(['UID', 'Fingerprint', 'ReportID', 'CreatedAt', 'Trivy']);

/** What identifies the members of a list, by the name of the list; other lists are compared as they are. */
const keys: Readonly<Record<string, readonly string[]>> = {
  Results: ['Class', 'Type'],
  Packages: ['ID', 'Name', 'Version', 'Release', 'FilePath'],
  Vulnerabilities: ['VulnerabilityID', 'PkgID', 'PkgName', 'PkgPath', 'InstalledVersion'],
};

/** Every field in which two documents differ, members of lists put beside each other by what identifies them. */
export function findFieldDifferences(expected: Json, actual: Json): FieldDifference[] {
  return [...compareObjects(expected, actual, '')];
}

function* compareObjects(expected: Json, actual: Json, path: string): Generator<FieldDifference, void, undefined> {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (ignored.has(name)) continue;
    yield* compareValues(expected[name], actual[name], path === '' ? name : `${path}.${name}`, name);
  }
}

function* compareValues(
  expected: unknown,
  actual: unknown,
  path: string,
  name: string,
): Generator<FieldDifference, void, undefined> {
  const key = keys[name];
  if (key !== undefined && Array.isArray(expected) && Array.isArray(actual)) {
    yield* compareLists({ expected, actual, key }, path);
  } else if (isObject(expected) && isObject(actual)) {
    yield* compareObjects(expected, actual, path);
  } else if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    yield { path, expected, actual };
  }
}

interface Lists {
  readonly expected: readonly unknown[];
  readonly actual: readonly unknown[];
  readonly key: readonly string[];
}

function* compareLists({ expected, actual, key }: Lists, path: string): Generator<FieldDifference, void, undefined> {
  const [byKey, ours] = [groupByKey(expected, key), groupByKey(actual, key)];
  for (const [id, members] of byKey) {
    for (const [index, member] of members.entries()) {
      const other = ours.get(id)?.[index];
      if (other === undefined) yield { path: `${path}[${id}]`, expected: 'present', actual: undefined };
      else yield* compareObjects(member, other, `${path}[${id}]`);
    }
  }
  for (const [id, members] of ours) {
    const surplus = members.length - (byKey.get(id)?.length ?? 0);
    if (surplus > 0) yield { path: `${path}[${id}]`, expected: undefined, actual: 'present' };
  }
  yield* compareOrder([...byKey.keys()], [...ours.keys()], path);
}

/** The order of the members that both have. */
function* compareOrder(
  expected: readonly string[],
  actual: readonly string[],
  path: string,
): Generator<FieldDifference, void, undefined> {
  const [theirs, ours] = [new Set(expected), new Set(actual)];
  const [first, second] = [expected.filter((id) => ours.has(id)), actual.filter((id) => theirs.has(id))];
  const at = first.findIndex((id, index) => id !== second[index]);
  if (at >= 0) yield { path: `${path} (order)`, expected: first[at], actual: second[at] };
}

function groupByKey(list: readonly unknown[], key: readonly string[]): Map<string, Json[]> {
  return Map.groupBy(list.map(asObject), (member) => joinFields(member, key));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
