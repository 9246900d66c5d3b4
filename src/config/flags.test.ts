import { expect, test } from 'vitest';
import { explainFlag } from './flags.ts';

test.each([
  ['--tf-vars', 'CONFIG_OPTION_UNSUPPORTED'],
  ['--vex', 'CONFIG_OPTION_UNSUPPORTED'],
  ['--reset', 'CONFIG_OPTION_REMOVED'],
  ['--clear-cache', 'CONFIG_OPTION_REMOVED'],
])('%s of Trivy: %s', (option, code) => {
  expect(explainFlag(option).error).toMatchObject({ code, data: { name: option } });
});

test('a slip is answered with the nearest flag', () => {
  expect(explainFlag('--severty')).toEqual({ known: false, near: '--severity' });
});

test('a flag of another command is known', () => {
  expect(explainFlag('--severity')).toEqual({ known: true });
});

test('what resembles nothing is only unknown', () => {
  expect(explainFlag('--xyzzyxyzzy')).toEqual({ known: false });
});
