import { expect, test } from 'vitest';
import { craneAddress, parseAddress } from './listen-address.ts';

test.each([
  ['127.0.0.1:5000', { address: '127.0.0.1', port: 5000 }],
  ['localhost:0', { address: 'localhost', port: 0 }],
  ['[::1]:80', { address: '::1', port: 80 }],
  ['0.0.0.0:443', { address: '0.0.0.0', port: 443 }],
])('%s', (text, expected) => {
  expect(parseAddress(text, { bareMeansAll: false })).toEqual(expected);
});

test.each(['', '5000', 'localhost', 'a b:1', '::1:80', 'host:70000', ':5000'])('%j is refused', (text) => {
  expect(() => parseAddress(text, { bareMeansAll: false })).toThrowCode('CLI_ADDRESS_INVALID');
});

test('a port alone is every network to crane, and its variable a port of this machine', () => {
  expect(parseAddress(':5000', { bareMeansAll: true })).toEqual({ address: '', port: 5000 });
  expect(craneAddress('8080')).toEqual({ address: '127.0.0.1', port: 8080 });
  expect(craneAddress('')).toEqual({ address: '127.0.0.1', port: 0 });
  expect(() => craneAddress('http')).toThrowCode('CLI_ADDRESS_INVALID');
});
