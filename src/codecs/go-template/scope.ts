/** Names of the variables that can be seen at a place of a template. */
export class Scope {
  #names: readonly string[] = ['$'];

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  declare(name: string): void {
    this.#names = [...this.#names, name];
  }

  /** Runs `read`, and forgets what was declared in it. */
  inside<T>(read: () => T): T {
    const names = this.#names;
    const value = read();
    this.#names = names;
    return value;
  }
}
