import { expect, test } from 'vitest';
import { type LogLevel, makeLogger } from './log.ts';

function record(
  level: LogLevel | undefined,
  colour = false,
): { log: ReturnType<typeof makeLogger>; text: () => string } {
  let text = '';
  const write = (part: string): void => {
    text += part;
  };
  const log = makeLogger({ level, colour, write });
  return { log, text: () => text };
}

test.each<[LogLevel | undefined, string]>([
  ['debug', 'debug: a\ninfo: b\nwarn: c\n'],
  ['info', 'info: b\nwarn: c\n'],
  ['warn', 'warn: c\n'],
  [undefined, ''],
])('from level %s on', (level, expected) => {
  const { log, text } = record(level);
  log.debug('a');
  log.info('b');
  log.warn('c');
  expect(text()).toBe(expected);
});

test('fields follow the text, quoted where they would be ambiguous, without those that are not set', () => {
  const { log, text } = record('info');
  log.info('Done', { path: 'a b', count: 3, ok: true, none: undefined, empty: '', odd: 'x=1, y' });
  expect(text()).toBe('info: Done (path="a b", count=3, ok=true, empty="", odd="x=1, y")\n');
});

test('secrets are masked, and control characters made visible', () => {
  const { log, text } = record('info');
  log.info('Asked', { url: 'https://me:hunter2@host/?token=abc', name: 'x\u001b[31m\ny' });
  expect(text()).not.toMatch(/hunter2|abc/);
  expect(text()).not.toContain('\u001b');
  expect(text().split('\n')).toHaveLength(2);
});

test('colour on request only', () => {
  const { log, text } = record('info', true);
  log.warn('x');
  expect(text()).toBe('\u001b[33mwarn\u001b[0m: x\n');
});
