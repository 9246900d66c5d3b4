import { expect, test } from 'vitest';
import { recordOutput } from '../../../testkit/host.ts';
import { wantsColour } from './colour.ts';

const terminal = recordOutput({ columns: 80, rows: 24 });
const pipe = recordOutput();

test.each([
  [terminal, {}, true],
  [pipe, {}, false],
  [terminal, { NO_COLOR: '1' }, false],
  [terminal, { NO_COLOR: '' }, true],
  [terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [pipe, { FORCE_COLOR: '1' }, true],
  [pipe, { FORCE_COLOR: '' }, false],
  [terminal, { FORCE_COLOR: '0' }, false],
  [terminal, { TERM: 'dumb' }, false],
])('case %#', (output, environment, expected) => {
  expect(wantsColour(output, environment)).toBe(expected);
});
