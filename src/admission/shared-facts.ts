import { createHmac, timingSafeEqual } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Fact } from '../policy/index.ts';
import type { Meter } from './meter.ts';

/** Where replicas keep what they have found out. It is not trusted, and need not be there. */
export interface SharedStore {
  get(name: string): Promise<Buffer | undefined>;
  set(name: string, value: Uint8Array, milliseconds: number): Promise<void>;
}

export interface SharedFactOptions {
  readonly store: SharedStore;
  /** What values are sealed with; all replicas have it, and nobody else. */
  readonly key: Uint8Array;
  /** Everything that facts depend on beside their need: policies and what is trusted. */
  readonly scope: string;
  readonly meter: Pick<Meter, 'shared'>;
}

export interface SharedFact {
  readonly fact: Fact;
  /** Milliseconds since 1970 until which it may be believed. */
  readonly until: number;
}

const prefix = 'plimsoll:fact:1:';
const sealSize = 32;
const headSize = sealSize + 8;
const maxSize = 2 ** 20;

/** Facts that replicas tell each other. A value counts when its seal is of this key, for this name and this time. */
export class SharedFacts {
  readonly #options: SharedFactOptions;

  constructor(options: SharedFactOptions) {
    this.#options = options;
  }

  /** Undefined when there is none that may be believed now. */
  async find(need: string, now: number): Promise<SharedFact | undefined> {
    const { store, meter } = this.#options;
    const name = this.#nameOf(need);
    try {
      const value = await store.get(name);
      const found = value === undefined ? undefined : this.#open(name, value);
      if (value !== undefined && found === undefined) meter.shared('forged');
      const isFresh = found !== undefined && found.until > now;
      if (value === undefined || found !== undefined) meter.shared(isFresh ? 'hit' : 'miss');
      return isFresh ? found : undefined;
    } catch {
      meter.shared('failed');
      return undefined;
    }
  }

  /** Tells the others, without anybody waiting for it. */
  keep(need: string, { fact, until }: SharedFact, now: number): void {
    const { store, meter } = this.#options;
    const name = this.#nameOf(need);
    const value = this.#seal(name, until, fact);
    if (value.length > maxSize) return;
    store.set(name, value, until - now).catch(() => meter.shared('failed'));
  }

  /** Names tell nobody which images there are. */
  #nameOf(need: string): string {
    const { key, scope } = this.#options;
    return `${prefix}${createHmac('sha256', key)
      .update(JSON.stringify(['name', scope, need]))
      .digest('hex')}`;
  }

  #seal(name: string, until: number, fact: Fact): Buffer {
    const content = serialize(fact);
    const head = Buffer.alloc(8);
    head.writeDoubleBE(until);
    return Buffer.concat([this.#sealOf(name, head, content), head, content]);
  }

  #open(name: string, value: Buffer): SharedFact | undefined {
    if (value.length <= headSize || value.length > maxSize) return undefined;
    const [seal, head, content] = [
      value.subarray(0, sealSize),
      value.subarray(sealSize, headSize),
      value.subarray(headSize),
    ];
    if (!timingSafeEqual(seal, this.#sealOf(name, head, content))) return undefined;
    return { fact: deserialize(content) as Fact, until: head.readDoubleBE() };
  }

  #sealOf(name: string, head: Uint8Array, content: Uint8Array): Buffer {
    return createHmac('sha256', this.#options.key).update(`value ${name} `).update(head).update(content).digest();
  }
}
