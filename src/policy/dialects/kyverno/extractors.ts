import type { Fields } from '../../model/fields.ts';
import type { CustomPlace, ImagePlaces } from '../../model/policy.ts';
import { search } from './values/search.ts';
import { Unresolved } from './values/unresolved.ts';

/** Where images are: by the rule's `imageExtractors`, which stand in for the usual places of their kinds. @throws POLICY_INVALID */
export function readPlaces(fields: Fields | undefined, volumes: boolean): ImagePlaces {
  const kinds = Object.keys(fields?.value ?? {});
  const byKind = kinds.map((kind) => [kind, fields?.items(kind).map(readPlace) ?? []] as const);
  return { byKind: Object.fromEntries(byKind), volumes };
}

/** Without `value` the image is what the path leads to. */
function readPlace(fields: Fields): CustomPlace {
  const path = fields
    .required('path')
    .split('/')
    .filter((part) => part !== '');
  const value = fields.text('value');
  const expression = fields.text('jmesPath');
  return {
    path,
    ...(value ? { value } : {}),
    ...(expression ? { convert: (text: string) => convert(expression, text) } : {}),
  };
}

function convert(expression: string, text: string): string | undefined {
  try {
    // The text itself is what the expression is about.
    const found = search(expression, { now: new Date(0), values: text as never });
    return typeof found === 'string' ? found : undefined;
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
}
