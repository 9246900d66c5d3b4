import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { openLineLog } from './index.ts';

const fail = (error: unknown): never => {
  throw error;
};

test('lines are added, also to the file that takes the place of one that was moved', async () => {
  const path = join(temporaryDirectory(), 'audit.log');
  const first = await openLineLog(path, { onFailure: fail });
  first.write('a');
  first.write('b');
  await first.close();
  const log = await openLineLog(path, { lookEvery: 0, onFailure: fail });
  log.write('c');
  await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toBe('a\nb\nc\n'));
  renameSync(path, `${path}.1`);
  log.write('d');
  await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toBe('d\n'));
  await log.close();
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('a\nb\nc\n');
});

test('what does not keep up leaves lines out, and what cannot be written is told', async () => {
  const directory = temporaryDirectory();
  const failures: unknown[] = [];
  const log = await openLineLog(join(directory, 'log'), {
    waiting: 10,
    lookEvery: 0,
    onFailure: (error) => failures.push(error),
  });
  rmSync(directory, { recursive: true });
  expect([log.write('1'), log.write('0123456789')]).toEqual([true, false]);
  await log.close();
  expect(failures).toHaveLength(1);
  await expect(openLineLog(join(directory, 'none', 'log'), { onFailure: fail })).rejects.toThrowCode('DISK_UNWRITABLE');
});
