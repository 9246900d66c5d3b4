import { expect, test } from 'vitest';
import { chooseDialect } from './dialect.ts';

test.each([
  ['plimsoll', ['image', 'x'], 'plimsoll', 'plimsoll', ['image', 'x']],
  ['main', ['image'], 'plimsoll', 'plimsoll', ['image']],
  ['trivy', ['image', 'x'], 'trivy', 'trivy', ['image', 'x']],
  ['plimsoll', ['trivy', 'image', 'x'], 'trivy', 'plimsoll trivy', ['image', 'x']],
  ['trivy', ['trivy'], 'trivy', 'trivy', ['trivy']],
  ['plimsoll', ['image', 'trivy'], 'plimsoll', 'plimsoll', ['image', 'trivy']],
  ['plimsoll', [], 'plimsoll', 'plimsoll', []],
])('%s %j is %s', (name, args, id, command, rest) => {
  expect(chooseDialect(name, args)).toEqual({ dialect: { id, command }, args: rest });
});
