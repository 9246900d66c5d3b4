import { fromJson, Struct, TypedMap, type Value } from '../../codecs/go-template/index.ts';
import type { InspectedImage } from './document.ts';
import { imageShape, type Shape, type ShapeFields } from './shape.ts';

/** An image's description for templates: fields that are not there have the zero values of their types, as in Go. */
export function viewOfImage(image: InspectedImage): Struct {
  return viewOfFields({ ...image }, imageShape);
}

function viewOfFields(json: Readonly<Record<string, unknown>>, { type, fields }: ShapeFields): Struct {
  return new Struct({
    type,
    names: Object.keys(fields),
    read: (name) => viewOf(json[name], fields[name] ?? 'any'),
    json: () => json,
  });
}

function viewOf(json: unknown, shape: Shape): Value {
  if (typeof shape === 'object') return viewOfFields((json ?? {}) as Record<string, unknown>, shape);
  switch (shape) {
    case 'text':
      return fromJson(json ?? '');
    case 'number':
      return fromJson(json ?? 0);
    case 'switch':
      return fromJson(json ?? false);
    case 'texts':
      return fromJson(json ?? []);
    case 'pairs':
      return new TypedMap((fromJson(json ?? {}) as ReadonlyMap<string, Value>).entries(), '');
    case 'names':
      return fromJson(json ?? {});
    case 'any':
      return fromJson(json);
  }
}
