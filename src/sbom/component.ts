import { withoutEmpty } from './json.ts';
import type { Component } from './model.ts';

/** What a component may be made of; whatever is undefined or an empty list is left out. */
type Parts = { readonly [K in keyof Component]?: Component[K] | undefined } & Pick<Component, 'ref' | 'kind' | 'name'>;

export function makeComponent(parts: Parts): Component {
  return withoutEmpty({ ...parts }) as unknown as Component;
}
