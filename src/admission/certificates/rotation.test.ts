import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { isAddress } from './address.ts';
import { bundleOf, lifetimes, rotate, type ServingState } from './rotation.ts';

const day = 86_400_000;
const start = Date.now();
const names = ['plimsoll.shop.svc', '127.0.0.1', '::1'];
const after = (days: number, isTrusted: (authority: string) => boolean = () => false) => ({
  now: new Date(start + days * day),
  names,
  isTrusted,
});
const serial = ({ serving }: ServingState) => new X509Certificate(serving.certificate).serialNumber;

/** Whether who trusts a bundle trusts what is served. */
function isKnown(state: ServingState, bundle: string): boolean {
  const serving = new X509Certificate(state.serving.certificate);
  const authorities = bundle.split(/(?<=END CERTIFICATE-----\n)/);
  return authorities.some((pem) => {
    const authority = new X509Certificate(pem);
    return serving.checkIssued(authority) && serving.verify(authority.publicKey);
  });
}

test('certificates are made for the names that the server is asked by', () => {
  const { serving, authority, former } = rotate(undefined, after(0));
  const held = new X509Certificate(serving.certificate);
  expect(names.map((name) => (isAddress(name) ? held.checkIP(name) : held.checkHost(name)))).toEqual(names);
  expect(held.ca).toBe(false);
  expect(new X509Certificate(authority.certificate)).toMatchObject({ ca: true });
  expect(held.validToDate.getTime()).toBeLessThanOrEqual(start + lifetimes.serving);
  expect(former).toEqual([]);
});

test('who trusts the bundle can connect, by OpenSSL’s judgement', async () => {
  const state = rotate(undefined, after(0));
  const { certificate: cert, key } = state.serving;
  const server = createServer({ cert, key }, (socket) => socket.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const authorized = await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca: bundleOf(state) }, () => resolve(socket.authorized));
    socket.on('error', resolve);
  });
  server.close();
  expect(authorized).toBe(true);
});

test('a certificate is replaced a month before its end, or for other names, and not before', () => {
  const first = rotate(undefined, after(0));
  expect(rotate(first, after(59))).toBe(first);
  const second = rotate(first, after(61));
  expect(serial(second)).not.toBe(serial(first));
  expect(second.authority).toBe(first.authority);
  expect(serial(rotate(first, { ...after(1), names: [...names, 'other.shop.svc'] }))).not.toBe(serial(first));
});

test('a new authority is trusted before anything is served with it, and the old one as long as it lasts', () => {
  let state = rotate(undefined, after(0));
  const first = state.authority.certificate;
  for (let at = 0; at <= 244; at += 1) state = rotate(state, after(at));
  expect(state.next).toBeUndefined();
  state = rotate(state, after(246));
  const { next } = state;
  expect(bundleOf(state)).toBe(`${first}${next?.certificate}`);
  expect(rotate(state, after(247)).authority.certificate).toBe(first);
  const published = bundleOf(state);
  state = rotate(
    state,
    after(248, (authority) => authority === next?.certificate),
  );
  expect(state.authority).toBe(next);
  expect(state.next).toBeUndefined();
  expect(isKnown(state, published)).toBe(true);
  expect(bundleOf(state)).toBe(published);
  expect(bundleOf(rotate(state, after(366)))).toBe(next?.certificate);
});

test('through ten years nobody ever meets a certificate that he does not know', () => {
  let state = rotate(undefined, after(0));
  let trusted = bundleOf(state);
  for (let at = 0; at < 3650; at += 7) {
    const now = after(at, (authority) => trusted.includes(authority));
    state = rotate(state, now);
    const serving = new X509Certificate(state.serving.certificate);
    expect(serving.validToDate > now.now && isKnown(state, trusted)).toBe(true);
    trusted = bundleOf(state);
  }
  expect(state.former.length).toBeLessThan(3);
});

test('after years without anybody everything is made anew', () => {
  const first = rotate(undefined, after(0));
  const second = rotate(first, after(1000));
  expect(bundleOf(second)).not.toContain(first.authority.certificate);
  expect(new X509Certificate(second.serving.certificate).validToDate.getTime()).toBeGreaterThan(start + 1000 * day);
});
