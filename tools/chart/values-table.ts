import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { table } from '../docs/markdown.ts';

/** One value of the chart, with the line that says what it does. */
export interface DocumentedValue {
  readonly key: string;
  readonly usual: string;
  readonly description: string;
}

/** Every value of `values.yaml` that has a comment before it; those without one are only groups. */
export function documentedValues(text: string): DocumentedValue[] {
  const { contents } = parseDocument(text);
  return isMap(contents) ? valuesOf(contents, []) : [];
}

function valuesOf(map: YAMLMap, path: readonly string[]): DocumentedValue[] {
  return map.items.flatMap((pair, index) => {
    const key = [...path, String((pair as Pair<{ value: string }>).key.value)];
    const { value } = pair;
    if (isMap(value) && value.items.length > 0 && commentOf(map, index) === undefined) return valuesOf(value, key);
    const usual = isScalar(value) ? JSON.stringify(value.value) : JSON.stringify((value as YAMLMap).toJSON());
    return [{ key: key.join('.'), usual, description: commentOf(map, index) ?? '' }];
  });
}

/** The comment before a key; before the first one it belongs to the map. */
function commentOf(map: YAMLMap, index: number): string | undefined {
  const { key } = map.items[index] as Pair<{ commentBefore?: string }>;
  const comment = index === 0 ? (key.commentBefore ?? map.commentBefore ?? undefined) : key.commentBefore;
  return comment?.split('\n').at(-1)?.trim();
}

/** The table of README.md. */
export function valuesTable(text: string): string {
  const rows = documentedValues(text).map(({ key, usual, description }) => [`\`${key}\``, `\`${usual}\``, description]);
  return table(['value', 'usual', 'what it does'], rows);
}
