import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { expect, test, vi } from 'vitest';
import { makeFetch } from '../../src/net/index.ts';
import { certificates } from '../../testkit/certificates.ts';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import { awaitServed, type ServedProgram } from '../../testkit/served.ts';
import { type CliOptions, makeWorkplace, runCli, startCli } from './cli.ts';

const free = ['--address', '127.0.0.1:0'];

async function serve(args: readonly string[], options?: CliOptions): Promise<ServedProgram> {
  return awaitServed(startCli(['registry', 'serve', ...args], options));
}

test('an image is pushed, looked at, kept through a restart, and given out read only', async () => {
  const { cwd } = makeWorkplace();
  const disk = join(temporaryDirectory(), 'new');
  const first = await serve([...free, '--disk', disk]);
  const pushed = await runCli(['copy', 'oci:image', `${first.host}/org/app:1`], { cwd });
  expect({ code: pushed.code, stderr: pushed.stderr }).toMatchObject({ code: 0 });
  const { stdout: digest } = await runCli(['digest', `${first.host}/org/app:1`]);
  expect(digest).toMatch(/^sha256:/);
  expect(first.log()).toMatch(/info: Request \(method=PUT, target=\/v2\/org\/app\/manifests\/1, status=201, /);
  expect(await first.stop('SIGTERM')).toBe(0);
  expect(readdirSync(join(disk, 'uploads'))).toEqual([]);
  const second = await serve([...free, '--disk', disk, '--read-only', '--log-format', 'json']);
  expect((await runCli(['digest', `${second.host}/org/app:1`])).stdout).toBe(digest);
  expect((await runCli(['delete', `${second.host}/org/app:1`])).code).toBe(1);
  expect(await second.stop('SIGINT')).toBe(0);
  const lines = second.log().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ level: 'info', message: 'Request', method: 'DELETE', status: 405, client: '127.0.0.1' }),
  );
});

test('TLS, a login, and what is not let in', async () => {
  const directory = temporaryDirectory();
  const path = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const args = ['--tls-cert', path('cert.pem', certificates.cert), '--tls-key', path('key.pem', certificates.key)];
  const users = path('users', `me:${hashSync('hunter2', 4)}\n`);
  const { host, log } = await serve([...free, ...args, '--htpasswd', users]);
  const fetch = makeFetch({ certificateAuthorities: [certificates.ca] });
  const ask = async (headers: Record<string, string>): Promise<number> => {
    const { status, body } = await fetch({ method: 'GET', url: new URL(`https://${host}/v2/`), headers });
    await readAll(body);
    return status;
  };
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  expect(await ask({})).toBe(401);
  expect(await ask(basic('me:hunter3'))).toBe(401);
  expect(await ask(basic('me:hunter2'))).toBe(200);
  await vi.waitFor(() => expect(log()).toContain('user=me'));
  expect(log()).not.toMatch(/hunter/);
});

test('told to stop, it lets an upload end', async () => {
  const served = await serve(free);
  const [address = '', port] = served.host.split(':');
  const digest = `sha256:${createHash('sha256').update('some bytes').digest('hex')}`;
  const socket = connect(Number(port), address);
  socket.write(`POST /v2/a/blobs/uploads/?digest=${digest} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nsome `);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stopped = served.stop('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.write('bytes');
  expect((await readAll(socket as AsyncIterable<Buffer>)).toString()).toMatch(/^HTTP\/1.1 201 /);
  expect(await stopped).toBe(0);
});

test('under the name crane: its port variable, its words, its exit code', async () => {
  const disk = temporaryDirectory();
  const served = await serve(['--disk', disk], { name: 'crane', environment: { PORT: '0' } });
  expect(served.log()).toMatch(
    new RegExp(`^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d storing blobs in ${disk}\n\\S+ \\S+ serving on port \\d+\n`),
  );
  expect((await runCli(['catalog', served.host], { name: 'crane' })).code).toBe(0);
  expect(await served.stop('SIGINT')).toBe(0);
  expect(served.log()).toContain('shutting down...\n');
});

test.each([
  [['--address', ':5000'], 'CLI_ADDRESS_INVALID'],
  [['--tls-cert', 'cert.pem'], 'CLI_TLS_UNPAIRED'],
  [[...free, '--tls-cert', 'none', '--tls-key', 'none'], 'DISK_NOT_FOUND'],
  [[...free, '--htpasswd', 'plain'], 'OCI_HTPASSWD_INVALID'],
  [[...free, '--disk', 'plain'], 'DISK_UNWRITABLE'],
])('registry serve %j is refused with %s', async (args, code) => {
  const cwd = temporaryDirectory();
  mkdirSync(join(cwd, 'empty'));
  writeFileSync(join(cwd, 'plain'), 'me:hunter2\n');
  const { code: exit, stderr } = await runCli(['registry', 'serve', ...args], { cwd });
  expect([exit, stderr]).toEqual([1, expect.stringContaining(code)]);
  expect(stderr).not.toContain('hunter2');
});

test('other machines are let in only with a warning', async () => {
  const { log } = await serve(['--address', '0.0.0.0:0']);
  expect(log()).toContain('warn: Everybody who reaches this machine can push and delete');
  const crane = await serve(['--address', ':0'], { name: 'crane' });
  expect(crane.log()).toContain('warn: Everybody who reaches this machine can push and delete');
  expect((await runCli(['catalog', crane.host], { name: 'crane' })).code).toBe(0);
});
