import { typeOf } from './kind.ts';
import { callError } from './position.ts';
import { isList, isMap, type Value } from './value.ts';

/** A function that templates can call. */
export interface TemplateFunction {
  readonly least: number;
  /** Absent where there may be any number of arguments. */
  readonly most?: number;
  /** @throws CODEC_TEMPLATE_CALL */
  readonly call: (args: Arguments) => Value;
}

export type FunctionMap = ReadonlyMap<string, TemplateFunction>;

/** The arguments of one call, read as the types that the function takes. */
export class Arguments {
  readonly values: readonly Value[];

  constructor(values: readonly Value[]) {
    this.values = values;
  }

  value(index: number): Value {
    return this.values[index];
  }

  last(): Value {
    return this.values.at(-1);
  }

  rest(from: number): readonly Value[] {
    return this.values.slice(from);
  }

  text(index: number): string {
    const value = this.values[index];
    return typeof value === 'string' ? value : this.#refuse(index, 'a string');
  }

  integer(index: number): number {
    const value = this.values[index];
    return typeof value === 'bigint' ? Number(value) : this.#refuse(index, 'an integer');
  }

  list(index: number): readonly Value[] {
    const value = this.values[index];
    return isList(value) ? value : this.#refuse(index, 'a list');
  }

  map(index: number): ReadonlyMap<string, Value> {
    const value = this.values[index];
    return isMap(value) ? value : this.#refuse(index, 'a map');
  }

  truth(index: number): boolean {
    const value = this.values[index];
    return typeof value === 'boolean' ? value : this.#refuse(index, 'a boolean');
  }

  #refuse(index: number, wanted: string): never {
    throw callError(`argument ${index + 1} is of the type ${typeOf(this.values[index])}, not ${wanted}`);
  }
}

/** A function of a fixed number of arguments. */
export function exactly(count: number, call: TemplateFunction['call']): TemplateFunction {
  return { least: count, most: count, call };
}

/** A function of any number of arguments, from `least` on. */
export function atLeast(least: number, call: TemplateFunction['call']): TemplateFunction {
  return { least, call };
}
