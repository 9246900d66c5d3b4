import type { Value } from './value.ts';

interface Variable {
  readonly name: string;
  value: Value;
}

/** The variables of one template while it runs; an inner block sees those around it. */
export class Frame {
  readonly #variables: Variable[];

  constructor(dot: Value) {
    this.#variables = [{ name: '$', value: dot }];
  }

  declare(name: string, value: Value): void {
    this.#variables.push({ name, value });
  }

  assign(name: string, value: Value): void {
    const variable = this.#find(name);
    if (variable !== undefined) variable.value = value;
  }

  get(name: string): Value {
    return this.#find(name)?.value;
  }

  /** Runs `work`, and forgets what it declared. */
  inside<T>(work: () => T): T {
    const { length } = this.#variables;
    const value = work();
    this.#variables.length = length;
    return value;
  }

  #find(name: string): Variable | undefined {
    return this.#variables.findLast((variable) => variable.name === name);
  }
}
