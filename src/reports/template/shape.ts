/** How a JSON value of Trivy's schema looks to a template: as the Go type that Trivy hands to it. */
export type Shape =
  | 'text'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'time'
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape }
  | { readonly kind: 'pointer'; readonly to: StructShape }
  | StructShape;

export interface StructShape {
  readonly kind: 'struct';
  /** Go's name of the type. */
  readonly type: string;
  readonly fields: Readonly<Record<string, Shape>>;
  /** Structs whose fields are written among the own ones, and can be read as such. */
  readonly embedded?: Readonly<Record<string, StructShape>>;
}

export function listOf(of: Shape): Shape {
  return { kind: 'list', of };
}

export function struct(type: string, fields: StructShape['fields'], embedded?: StructShape['embedded']): StructShape {
  return { kind: 'struct', type, fields, ...(embedded && { embedded }) };
}
