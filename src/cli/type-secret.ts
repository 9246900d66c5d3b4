import type { ReadStream } from 'node:tty';
import { cliError } from './errors.ts';

const endings: ReadonlySet<string> = new Set(['\r', '\n', '\u0004']);
const erasures: ReadonlySet<string> = new Set(['\u007f', '\b']);
const interrupt = '\u0003';

/** A terminal, as far as typing a secret needs one. */
export type SecretTerminal = Pick<ReadStream, 'setRawMode' | 'resume' | 'pause' | 'on' | 'off'>;

/** A line that a person types at a terminal, which is kept from showing it. @throws CLI_INTERRUPTED */
export async function typeSecret(terminal: SecretTerminal): Promise<string> {
  const line = new TypedLine();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const take = (keys: string | Buffer): void => {
    const end = line.type(keys.toString());
    if (end === 'ended') resolve(line.text);
    if (end === 'interrupted') reject(cliError('CLI_INTERRUPTED', { data: { signal: 'SIGINT' } }));
  };
  terminal.setRawMode(true);
  terminal.on('data', take);
  terminal.resume();
  try {
    return await promise;
  } finally {
    terminal.off('data', take);
    terminal.pause();
    terminal.setRawMode(false);
  }
}

/** What was typed of a line so far. */
class TypedLine {
  #keys: string[] = [];

  get text(): string {
    return this.#keys.join('');
  }

  /** Takes keys until the line ends; what follows is dropped. */
  type(keys: string): 'ended' | 'interrupted' | undefined {
    for (const key of keys) {
      if (endings.has(key)) return 'ended';
      if (key === interrupt) return 'interrupted';
      if (erasures.has(key)) this.#keys.pop();
      else this.#keys.push(key);
    }
    return undefined;
  }
}
