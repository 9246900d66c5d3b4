import { expect, test } from 'vitest';
import { recordSleep } from '../../testkit/context.ts';
import { AppError } from '../core/index.ts';
import { collectBytes } from './collect.ts';
import { retry } from './retry.ts';
import { sleep as realSleep } from './sleep.ts';

function failure(retryable: boolean, retryAfter?: number): AppError {
  return new AppError('TEST', { message: 'm', hint: 'h', retryable }, { data: { retryAfter } });
}

async function failTimes(times: number, error: unknown): Promise<{ waits: number[]; result: unknown }> {
  const { sleep, waits } = recordSleep();
  const options = { attempts: 4, firstDelay: 100, maxDelay: 1000, sleep };
  const result = await retry(async (count) => {
    if (count < times) throw error;
    return 'done';
  }, options).catch((thrown: unknown) => thrown);
  return { waits, result };
}

test.each([
  ['nothing fails', 0, failure(true), [], 'done'],
  ['pauses grow', 3, failure(true), [100, 200, 400], 'done'],
  ['the wish of the server counts', 1, failure(true, 900), [900], 'done'],
])('%s', async (_, times, error, waits, result) => {
  expect(await failTimes(times, error)).toEqual({ waits, result });
});

test.each([
  ['attempts run out', 9, failure(true), [100, 200, 400]],
  ['the error is not retryable', 9, failure(false), []],
  ['the server asks for more than is waited', 9, failure(true, 1001), []],
  ['the error is none of ours', 9, new RangeError('x'), []],
])('throws when %s', async (_, times, error, waits) => {
  expect(await failTimes(times, error)).toEqual({ waits, result: error });
});

test('a signal ends it', async () => {
  const { sleep } = recordSleep();
  const options = { attempts: 4, firstDelay: 1, maxDelay: 1, sleep, signal: AbortSignal.abort('stop') };
  await expect(retry(async () => Promise.reject(failure(true)), options)).rejects.toBe('stop');
  await expect(realSleep(60_000, AbortSignal.abort())).rejects.toThrow('aborted');
});

test('collects bytes up to a limit', async () => {
  const source = async function* (): AsyncGenerator<Uint8Array> {
    const shared = new Uint8Array(2);
    for (const byte of [1, 2, 3]) yield shared.fill(byte);
  };
  expect(await collectBytes(source(), 6)).toEqual(Buffer.from([1, 1, 2, 2, 3, 3]));
  expect(await collectBytes(source(), 5)).toBeUndefined();
});
