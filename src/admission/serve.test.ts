import { connect as connectTcp } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { pinningPolicy, readAnswer, reviewOf } from '../../testkit/admission.ts';
import { certificates } from '../../testkit/certificates.ts';
import { recordLog } from '../../testkit/context.ts';
import { recordMeter } from '../../testkit/meter.ts';
import { podOf, readPolicies, testDigest } from '../../testkit/policy.ts';
import { type Gather, type JsonObject, needKey } from '../policy/index.ts';
import { type AdmissionServerOptions, serveReviews } from './serve.ts';

const policy = pinningPolicy(['*'], { imageExtractors: { Box: [{ path: '/spec/*', value: 'image' }] } });
const known: Gather = async (needs) =>
  new Map(needs.map((need) => [needKey(need), { kind: 'digest', digest: testDigest }]));
const { ca, cert, key } = certificates;
const mutual = { cert, key };

async function start(more: Partial<AdmissionServerOptions> = {}) {
  const rules = { policies: await readPolicies(policy), gather: known };
  const [log, meter] = [recordLog(), recordMeter()];
  const { port, drain } = await serveReviews({
    tls: { cert, key, clientAuthority: ca },
    clock: { now: () => new Date() },
    log,
    meter,
    rules: () => rules,
    ...more,
  });
  onTestFinished(() => drain(0));
  return { port, log, meter };
}

function open(port: number, options: object = mutual): TLSSocket {
  const socket = connect({ host: '127.0.0.1', port, ca, ...options });
  socket.on('error', () => undefined);
  return socket;
}

/** Everything that comes until the other end closes. */
async function readToEnd(socket: TLSSocket): Promise<string> {
  const parts: Buffer[] = [];
  await new Promise((resolve) => socket.on('data', (part: Buffer) => parts.push(part)).on('close', resolve));
  return Buffer.concat(parts).toString();
}

async function post(port: number, body: Buffer | string, options?: object): Promise<{ status: string; text: string }> {
  const socket = open(port, options);
  socket.write('POST /mutate HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n');
  socket.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`);
  socket.write(body);
  const whole = await readToEnd(socket);
  return { status: whole.slice(9, 12), text: whole.slice(whole.indexOf('\r\n\r\n') + 4) };
}

const review = async (port: number, object: JsonObject, changes = {}) =>
  readAnswer((await post(port, JSON.stringify(reviewOf(object, changes)))).text);

test('headers that come slowly, bytes that are no HTTP and handshakes that fail are refused, counted and logged', async () => {
  const { port, meter, log } = await start({ headersTime: 300 });
  const slow = open(port);
  slow.write('POST /validate HTTP/1.1\r\nHost: x\r\n');
  expect(await readToEnd(slow)).toContain('408');
  const junk = open(port);
  junk.write('\0\0\0\0\r\n\r\n');
  expect(await readToEnd(junk)).toContain('400');
  const plain = connectTcp(port, '127.0.0.1');
  plain.on('error', () => undefined);
  plain.write('GET /validate HTTP/1.1\r\n\r\n');
  await new Promise((resolve) => plain.on('close', resolve));
  expect(meter.kept.refusals).toEqual(['slow-headers', 'no-http', 'handshake']);
  expect(log.lines.map(({ fields }) => fields?.['why'])).toEqual(['slow-headers', 'no-http', 'handshake']);
});

test('a connection that says nothing is closed, before and after its handshake', async () => {
  const { port, meter } = await start({ idleTime: 300 });
  const silent = connectTcp(port, '127.0.0.1');
  silent.on('error', () => undefined);
  await new Promise((resolve) => silent.on('close', resolve).resume());
  expect(meter.kept.refusals).toEqual(['handshake']);
  expect(await readToEnd(open(port))).not.toContain('200');
});

test('a body that stops in the middle does not hold its place', async () => {
  const { port, meter } = await start({ bounds: { reviews: 1 } });
  const stuck = open(port);
  stuck.write('POST /validate?timeout=400ms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
  stuck.write('Content-Length: 100\r\n\r\n{');
  expect(await readToEnd(stuck)).toContain('ADMISSION_REVIEW_SLOW');
  const gone = open(port);
  gone.write(
    'POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    () => gone.destroy(),
  );
  await vi.waitFor(async () => expect((await post(port, JSON.stringify(reviewOf(podOf(['a']))))).status).toBe('200'));
  expect(meter.kept.refusals[0]).toBe('slow');
});

test('more connections than may be are closed at once', async () => {
  const { port, meter } = await start({ maxConnections: 1 });
  const first = open(port);
  await new Promise((resolve) => first.once('secureConnect', resolve));
  await readToEnd(open(port));
  expect(meter.kept.refusals).toEqual(['connections']);
  first.destroy();
});

test('who has no certificate, or none with the name, has no byte of the body read', async () => {
  const { port, meter } = await start({ clientNames: ['front-proxy'] });
  const body = JSON.stringify(reviewOf(podOf(['a'])));
  expect(await post(port, body, {})).toMatchObject({ status: '403' });
  expect(await post(port, body)).toMatchObject({ status: '403' });
  expect(meter.kept.refusals).toEqual(['client', 'client-name']);
  const named = await start({ clientNames: ['front-proxy', 'localhost'] });
  expect(await post(named.port, body)).toMatchObject({ status: '200' });
});

const over = (text: string): string => JSON.stringify(reviewOf(podOf(['r.example/a:1']))).replace('"spec":{', text);

test.each([
  ['junk', 'x', '400'],
  ['a list', '[]', '400'],
  ['a key twice', over('"spec":{},"spec":{'), '400'],
  ['a key twice, written otherwise', over('"spec":{},"\\u0073pec":{'), '400'],
  ['depth', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`, '400'],
  ['values without end', `[${'1,'.repeat(1_000_001)}1]`, '400'],
  ['10 MB', Buffer.alloc(10 * 2 ** 20 + 1, ' '), '413'],
])('%s is refused', async (_, body, status) => {
  const { port, meter } = await start();
  expect((await post(port, body)).status).toBe(status);
  expect(meter.kept.refusals).toHaveLength(1);
});

test.each([
  ['containers that are no list', { containers: { 0: { image: 'r.example/a:1' } } }],
  ['containers that are a text', { containers: 'r.example/a:1' }],
  ['an image that is no text', { containers: [{ name: 'a', image: ['r.example/a:1'] }] }],
  ['an ephemeral container that is none', { containers: [], ephemeralContainers: ['r.example/a:1'] }],
  [
    'more images than can be judged',
    { containers: Array.from({ length: 300 }, (_, at) => ({ image: `r.example/a:${at}` })) },
  ],
  ['a list without end', { containers: Array.from({ length: 20_000 }, () => ({ image: 'r.example/a:1' })) }],
])('an object with %s is denied', async (_, spec) => {
  const { port } = await start();
  expect(await review(port, { ...podOf([]), spec } as JsonObject)).toMatchObject({
    allowed: false,
    status: { code: 403 },
  });
});

test('names that would lead a patch astray lead it where they stand', async () => {
  const { port } = await start();
  const spec =
    '{"a/b~c":{"image":"r.example/a:1"},"__proto__":{"image":"r.example/b:1"},"-":{"image":"r.example/c:1"}}';
  const box = {
    apiVersion: 'x.example/v1',
    kind: 'Box',
    metadata: { name: 'b', namespace: 'n' },
    spec: JSON.parse(spec),
  };
  const { allowed, patch } = await review(port, box);
  expect(allowed).toBe(true);
  expect(patch).toEqual([
    { op: 'replace', path: '/spec/a~1b~0c/image', value: `r.example/a:1@${testDigest}` },
    { op: 'replace', path: '/spec/__proto__/image', value: `r.example/b:1@${testDigest}` },
    { op: 'replace', path: '/spec/-/image', value: `r.example/c:1@${testDigest}` },
  ]);
});

test('control characters of names reach no terminal', async () => {
  const { port, log } = await start();
  await review(port, podOf(['r.example/a:1'], { name: 'a\u001b[2J\nb' }), { name: 'a\u001b[2J\nb' });
  expect(JSON.stringify(log.lines[0]?.fields)).not.toMatch(/\\u001b|\\n/);
});
