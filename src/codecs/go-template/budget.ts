import { codecError } from '../errors.ts';

/** What one run of a template may use. */
export interface TemplateLimits {
  /** Nodes and function calls. */
  readonly steps: number;
  /** Characters written, and made by functions. */
  readonly characters: number;
  /** Templates inside of templates. */
  readonly depth: number;
}

export const defaultLimits: TemplateLimits = { steps: 50_000_000, characters: 2 ** 29, depth: 200 };

export class Budget {
  readonly #limits: TemplateLimits;
  #steps = 0;
  #characters = 0;
  #depth = 0;

  constructor(limits: TemplateLimits) {
    this.#limits = limits;
  }

  step(): void {
    if (++this.#steps > this.#limits.steps) throw limitError(`${this.#limits.steps} steps`);
  }

  write(text: string): void {
    this.#characters += text.length;
    if (this.#characters > this.#limits.characters) throw limitError(`${this.#limits.characters} characters`);
  }

  nested<T>(work: () => T): T {
    if (++this.#depth > this.#limits.depth) throw limitError(`${this.#limits.depth} templates inside of each other`);
    const value = work();
    this.#depth--;
    return value;
  }
}

function limitError(limit: string): Error {
  return codecError('CODEC_LIMIT', { data: { format: 'template', limit } });
}
