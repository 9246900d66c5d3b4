import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type SecretTerminal, typeSecret } from './type-secret.ts';

/** A terminal that a test types at, and that notes whether it shows what is typed. */
class Terminal extends EventEmitter {
  readonly modes: boolean[] = [];

  setRawMode(mode: boolean): this {
    this.modes.push(mode);
    return this;
  }

  resume(): this {
    return this;
  }

  pause(): this {
    return this;
  }

  type(...pieces: string[]): void {
    for (const piece of pieces) this.emit('data', Buffer.from(piece));
  }
}

function start() {
  const terminal = new Terminal();
  return { terminal, typed: typeSecret(terminal as unknown as SecretTerminal) };
}

test('a line is read without being shown, with what was erased left out', async () => {
  const { terminal, typed } = start();
  terminal.type('sex', '\u007f', 'c', 'ret\r', 'not this');
  expect(await typed).toBe('secret');
  expect(terminal.modes).toEqual([true, false]);
  expect(terminal.listenerCount('data')).toBe(0);
});

test('whoever interrupts gets the terminal back as it was', async () => {
  const { terminal, typed } = start();
  terminal.type('se\u0003');
  await expect(typed).rejects.toThrowCode('CLI_INTERRUPTED');
  expect(terminal.modes).toEqual([true, false]);
});
