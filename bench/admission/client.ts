import { Agent, request } from 'node:https';
import { mapPooled } from '../../src/kit/pool.ts';
import { reviewOf } from '../../testkit/admission.ts';
import { certificates } from '../../testkit/certificates.ts';
import { podOf } from '../../testkit/policy.ts';

/** What answers took, in milliseconds, in order of size, and how long all of them did. */
export interface Answered {
  readonly sorted: readonly number[];
  readonly seconds: number;
}

/** Posts reviews of pods as an API server does, over connections that stay open. */
export class ReviewClient {
  readonly #agent = new Agent({ keepAlive: true, ca: certificates.ca, maxSockets: 256 });
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Asks about each image in a pod of its own, so many at once. @throws when one is not let in */
  async askAll(path: string, images: readonly string[], width: number): Promise<Answered> {
    const start = performance.now();
    const times = await mapPooled(images, width, async (image, index) => {
      const began = performance.now();
      await this.#ask(path, image, index);
      return performance.now() - began;
    });
    return { sorted: times.sort((a, b) => a - b), seconds: (performance.now() - start) / 1000 };
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(path: string, image: string, index: number): Promise<void> {
    const body = JSON.stringify(reviewOf(podOf([image], { name: `pod-${index}`, labels: { app: 'bench' } })));
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const options = { method: 'POST', agent: this.#agent, headers };
      const sent = request(`${this.#url}${path}?timeout=30s`, options, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve(Buffer.concat(parts).toString()));
        answer.on('error', reject);
      });
      sent.on('error', reject).end(body);
    });
    if (!text.includes('"allowed":true')) throw new RangeError(`${image} was not let in: ${text}`);
  }
}
