import { expect, test } from 'vitest';
import { makeHost } from '../../testkit/host.ts';
import { watchAborts } from './abort.ts';

/** Work that ends when it is told to, and not before. */
function obedient(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new RangeError('torn down'))));
}

test('a result passes through', async () => {
  const aborts = watchAborts(makeHost([]), 0);
  expect(await aborts.race(Promise.resolve(7))).toBe(7);
  aborts.stop();
});

test('an error passes through', async () => {
  const aborts = watchAborts(makeHost([]), 60_000);
  await expect(aborts.race(Promise.reject(new RangeError('own')))).rejects.toThrow('own');
  aborts.stop();
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s aborts; what fails because of it is not the reason', async (name) => {
  const host = makeHost([]);
  const aborts = watchAborts(host, 0);
  const running = aborts.race(obedient(aborts.signal));
  host.signal(name);
  await expect(running).rejects.toThrowCode('CLI_INTERRUPTED');
  await expect(running).rejects.toMatchObject({ data: { signal: name } });
  aborts.stop();
});

test('a second signal does not wait for what does not listen', async () => {
  const host = makeHost([]);
  const aborts = watchAborts(host, 0);
  const running = aborts.race(new Promise(() => {}));
  host.signal('SIGINT');
  host.signal('SIGINT');
  await expect(running).rejects.toThrowCode('CLI_INTERRUPTED');
  aborts.stop();
});

test('the time limit aborts', async () => {
  const aborts = watchAborts(makeHost([]), 1);
  await expect(aborts.race(obedient(aborts.signal))).rejects.toThrowCode('CLI_TIMEOUT');
  aborts.stop();
});

test('after the end nothing listens any more', () => {
  const host = makeHost([]);
  const aborts = watchAborts(host, 60_000);
  aborts.stop();
  host.signal('SIGINT');
  expect(aborts.signal.aborted).toBe(false);
});

test('what does not listen gets as much time as its command asks for', async () => {
  const host = makeHost([]);
  const aborts = watchAborts(host, 0, 1);
  const running = aborts.race(new Promise(() => {}));
  host.signal('SIGTERM');
  await expect(running).rejects.toThrowCode('CLI_INTERRUPTED');
  aborts.stop();
});
