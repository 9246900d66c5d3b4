import { Moment, Struct, TypedMap, type Value } from '../../codecs/go-template/index.ts';
import { isObject, type Json } from '../../kit/json-value.ts';
import { toVisibleText } from '../../kit/visible-text.ts';
import type { Shape, StructShape } from './shape.ts';

/** A JSON value as a template sees it: what is absent has the zero value of its type, and text is made safe to print. */
export function viewOf(shape: Shape, json: unknown): Value {
  switch (shape) {
    case 'text':
      return typeof json === 'string' ? toVisibleText(json) : '';
    case 'integer':
      return Number.isSafeInteger(json) ? BigInt(json as number) : 0n;
    case 'float':
      return typeof json === 'number' ? json : 0;
    case 'boolean':
      return json === true;
    case 'time':
      return typeof json === 'string' ? toMoment(json) : undefined;
    default:
      return viewOfParts(shape, json);
  }
}

function viewOfParts(shape: Exclude<Shape, string>, json: unknown): Value {
  switch (shape.kind) {
    case 'list':
      return Array.isArray(json) ? json.map((item) => viewOf(shape.of, item)) : [];
    case 'map':
      return new TypedMap(
        Object.entries(isObject(json) ? json : {}).map(([key, item]) => [toVisibleText(key), viewOf(shape.of, item)]),
        viewOf(shape.of, undefined),
      );
    case 'pointer':
      return isObject(json) ? viewOfStruct(shape.to, () => json) : undefined;
    case 'struct':
      return viewOfStruct(shape, () => (isObject(json) ? json : {}));
    default:
      return shape satisfies never;
  }
}

/** A struct over JSON that is made when a field is asked for. */
export function viewOfStruct(shape: StructShape, json: () => Json): Struct {
  const { fields, embedded = {} } = shape;
  return new Struct({
    type: shape.type,
    names: [...Object.keys(fields), ...Object.keys(embedded)],
    has: (name) =>
      Object.hasOwn(fields, name) || Object.hasOwn(embedded, name) || ownerOf(embedded, name) !== undefined,
    read: (name) => {
      const inner = Object.hasOwn(embedded, name) ? embedded[name] : undefined;
      if (inner !== undefined) return viewOfStruct(inner, json);
      const field = Object.hasOwn(fields, name) ? fields[name] : ownerOf(embedded, name)?.fields[name];
      return field && viewOf(field, json()[name]);
    },
    json: () => toVisible(json()),
  });
}

/** The embedded struct that a promoted field belongs to. */
function ownerOf(embedded: NonNullable<StructShape['embedded']>, name: string): StructShape | undefined {
  return Object.values(embedded).find(({ fields }) => Object.hasOwn(fields, name));
}

function toMoment(text: string): Moment | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Moment(time);
}

/** JSON whose text is safe to print. */
function toVisible(json: unknown): unknown {
  if (typeof json === 'string') return toVisibleText(json);
  if (Array.isArray(json)) return json.map(toVisible);
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [toVisibleText(key), toVisible(item)]));
}
