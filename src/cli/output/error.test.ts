import { expect, test } from 'vitest';
import { AppError } from '../../core/index.ts';
import { formatError } from './error.ts';

const spec = { message: 'Cannot reach {url}', hint: 'Check {url}.' };
const plain = { colour: false, debug: false };

test('message, code and hint', () => {
  const error = new AppError('TEST_CODE', spec, { data: { url: 'host' } });
  expect(formatError(error, plain)).toBe('error: Cannot reach host [TEST_CODE]\n  Check host.\n');
});

test('secrets and what a terminal would obey are taken out', () => {
  const error = new AppError('TEST_CODE', spec, { data: { url: 'https://me:hunter2@host/\u001b[2J' } });
  const text = formatError(error, { colour: false, debug: true });
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('\u001b');
});

test('the stack and the causes only on request', () => {
  const error = new AppError('TEST_CODE', spec, { cause: new RangeError('deep') });
  expect(formatError(error, plain)).not.toContain('deep');
  const text = formatError(error, { colour: false, debug: true });
  expect(text).toContain('caused by: RangeError: deep');
  expect(text).toMatch(/^ +at /m);
});

test('what nobody foresaw is told as such', () => {
  expect(formatError(new TypeError('x is not a function'), plain)).toContain(
    'Something failed that should not: x is not a function [CLI_UNEXPECTED]',
  );
  expect(formatError('text', plain)).toContain('[CLI_UNEXPECTED]');
});

test('causes that lead in a circle end', () => {
  const error = new RangeError('round');
  error.cause = error;
  expect(formatError(error, { colour: false, debug: true }).length).toBeLessThan(100_000);
});
