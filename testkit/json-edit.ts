/** A change of a JSON document, in place. */
export type JsonEdit = (document: unknown) => void;

type Holder = Record<string, unknown>;

/** The value at a dotted path, such as `list.0.name`. */
export function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Holder)[name], document);
}

/** Replaces the value at a path by what `change` makes of it; undefined takes it away. */
export function change(path: string, make: (old: unknown) => unknown): JsonEdit {
  const names = path.split('.');
  const last = names.pop() ?? '';
  return (document) => {
    const holder = (names.length === 0 ? document : valueAt(document, names.join('.'))) as Holder;
    const value = make(holder[last]);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  };
}

export function put(path: string, value: unknown): JsonEdit {
  return change(path, () => value);
}

export function drop(path: string): JsonEdit {
  return change(path, () => undefined);
}

export function editText(path: string, make: (old: string) => string): JsonEdit {
  return change(path, (old) => make(String(old)));
}

export function editList(path: string, make: (old: readonly unknown[]) => readonly unknown[]): JsonEdit {
  return change(path, (old) => make(old as unknown[]));
}

/** Flips the last bit of bytes in base64. */
export function flip(path: string): JsonEdit {
  return editText(path, (old) => {
    const bytes = Buffer.from(old, 'base64');
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    return bytes.toString('base64');
  });
}
