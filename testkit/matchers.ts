import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The function throws, or the promise rejects with, an AppError of this code. */
    toThrowCode(code: string): R;
  }
}

expect.extend({
  toThrowCode(received: unknown, code: string) {
    const error = this.promise === 'rejects' ? received : catchFrom(received);
    const found = (error as { code?: string } | undefined)?.code;
    return {
      pass: (error as Error | undefined)?.name === 'AppError' && found === code,
      message: () => `expected an AppError ${code}, got ${found ?? String(error)}`,
    };
  },
});

function catchFrom(received: unknown): unknown {
  try {
    (received as () => unknown)();
  } catch (error) {
    return error;
  }
  return undefined;
}
