import type { HttpResponse } from '../../core/index.ts';

/** What a request does with its connection: writes may wait for what reads bring, so that they have a budget of their own. */
export type Traffic = 'read' | 'write';

/** Keeps the number of requests that are under way to one host bounded; each holds its place until its answer was read. */
export class HostBudget {
  readonly #width: number;
  readonly #lanes: Map<string, { used: number; readonly waiting: (() => void)[] }> = new Map();

  constructor(width: number) {
    this.#width = width;
  }

  /** Waits for a place; the function that is returned gives it back, and may be called again. */
  async enter(host: string, traffic: Traffic, signal?: AbortSignal): Promise<() => void> {
    const key = `${traffic} ${host}`;
    const lane = this.#lanes.get(key) ?? { used: 0, waiting: [] };
    this.#lanes.set(key, lane);
    if (lane.used < this.#width) lane.used++;
    else await waitIn(lane.waiting, signal);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = lane.waiting.shift();
      if (next !== undefined) next();
      else lane.used--;
    };
  }
}

function waitIn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      waiting.splice(waiting.indexOf(enter), 1);
      reject(signal?.reason);
    };
    const enter = (): void => {
      signal?.removeEventListener('abort', abort);
      resolve();
    };
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', abort, { once: true });
    waiting.push(enter);
  });
}

/** An answer that gives its place back when it was read, failed, or given up. */
export function holding(response: HttpResponse, release: () => void): HttpResponse {
  return {
    ...response,
    body: releasing(response.body, release),
    discard() {
      response.discard();
      release();
    },
  };
}

async function* releasing(body: AsyncIterable<Uint8Array>, release: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    release();
  }
}
