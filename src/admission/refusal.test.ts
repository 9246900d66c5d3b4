import { expect, test } from 'vitest';
import { recordLog } from '../../testkit/context.ts';
import { recordMeter } from '../../testkit/meter.ts';
import { refuse, sparing } from './refusal.ts';

test('whoever is refused again and again is counted each time, and fills no log', () => {
  let time = 0;
  const [log, meter] = [recordLog(), recordMeter()];
  const witness = { meter, log: sparing(log, () => time) };
  for (let count = 0; count < 50; count++) refuse('client', 'no certificate', witness);
  refuse('malformed', 'no JSON', witness);
  expect(meter.kept.refusals).toHaveLength(51);
  expect(log.lines).toHaveLength(21);
  time = 10_000;
  refuse('client', 'no certificate', witness);
  expect(log.lines.at(-1)?.fields).toMatchObject({ why: 'client', leftOut: 30 });
});
