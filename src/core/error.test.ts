import { expect, test } from 'vitest';
import { AppError, codeOf, describeError, isAppError, makeError } from './error.ts';

const table = {
  TEST_BROKEN: { message: '{what} is broken at {place}', hint: 'Mend {what}.', retryable: true },
} as const;

test('words are filled from the data; what is not there stays visible', () => {
  const error = makeError(table, 'TEST_BROKEN', { data: { what: 'it' } });
  expect(error).toMatchObject({
    message: 'it is broken at {place}',
    hint: 'Mend it.',
    retryable: true,
    data: { what: 'it' },
  });
});

test('the cause is kept only when there is one', () => {
  const cause = new RangeError('inner');
  expect(makeError(table, 'TEST_BROKEN', { cause }).cause).toBe(cause);
  expect('cause' in makeError(table, 'TEST_BROKEN')).toBe(false);
});

test('an error of another copy of this package is recognised by its name', () => {
  const foreign = Object.assign(new Error('x'), { name: 'AppError', code: 'TEST_BROKEN' });
  expect([isAppError(foreign), isAppError(foreign, 'OTHER'), isAppError(new Error('x')), isAppError('x')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(isAppError(new AppError('A', table.TEST_BROKEN), 'A')).toBe(true);
});

test.each([
  [new Error('words'), 'words'],
  ['text', 'text'],
  [undefined, 'undefined'],
])('describeError(%s)', (thrown, expected) => {
  expect(describeError(thrown)).toBe(expected);
});

test('whatever is thrown has a code for the log', () => {
  expect([makeError(table, 'TEST_BROKEN'), new Error('x'), 'x'].map(codeOf)).toEqual([
    'TEST_BROKEN',
    'unexpected',
    'unexpected',
  ]);
});
