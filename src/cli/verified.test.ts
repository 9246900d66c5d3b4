import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, type SignRequest, signBundle } from '../../testkit/sigstore/stack.ts';
import { formatBundle } from '../envelope/index.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const key = makeKey();

function workplace(sign: Partial<SignRequest> = {}): (name: string) => string {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('bundle.json'), formatBundle(signBundle(stack, { artifact, content: 'message', ...sign }).bundle));
  writeFileSync(at('root.json'), stack.trustedRoot());
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('key.pub'), key.pem);
  return at;
}

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const host = makeHost(args, { environment: { HOME: temporaryDirectory(), ...environment } });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

const who = ['--certificate-identity-regexp', '^user@', '--certificate-oidc-issuer', 'https://issuer.example.com'];

test('who signed, when and by which log is told as JSON', async () => {
  const at = workplace({ content: 'statement' });
  const trust = ['--bundle', at('bundle.json'), '--trusted-root', at('root.json')];
  const { code, stdout } = await run(['verify-blob', '--json', ...trust, ...who, at('artifact')]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'verified',
    signer: {
      kind: 'certificate',
      names: [{ kind: 'email', value: 'user@example.com' }],
      issuer: 'https://issuer.example.com',
    },
    times: [{ source: 'log', at: '2026-06-01T12:00:05.000Z', authority: 'https://rekor.example.com' }],
    logs: [{ url: 'https://rekor.example.com', kind: 'dsse 0.0.1' }],
    layout: 'bundle',
    statement: { predicateType: 'https://example.com/predicate' },
  });
});

test('a refusal as JSON has reasons with codes', async () => {
  const at = workplace();
  writeFileSync(at('artifact'), 'changed');
  const trust = ['--bundle', at('bundle.json'), '--trusted-root', at('root.json')];
  const { code, stdout } = await run(['verify-blob', '--json', ...trust, ...who, at('artifact')]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'not-verified', reasons: [{ code: 'VERIFY_ARTIFACT_DIGEST' }] });
});

test('flags may come from variables of cosign', async () => {
  const at = workplace({ key });
  const environment = { COSIGN_KEY: at('key.pub'), COSIGN_TRUSTED_ROOT: at('root.json') };
  const { code, stderr } = await run(
    ['cosign', 'verify-blob', '--bundle', at('bundle.json'), at('artifact')],
    environment,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Verified OK\n' });
});

test('a key alone needs no trusted root', async () => {
  const at = workplace({ key, log: 'none' });
  const signed = ['--key', at('key.pub'), '--bundle', at('bundle.json')];
  expect(await run(['verify-blob', '--insecure-ignore-tlog', ...signed, at('artifact')])).toMatchObject({ code: 0 });
  const { code, stderr } = await run(['verify-blob', ...signed, at('artifact')]);
  expect({ code, told: stderr.includes('VERIFY_LOG_THRESHOLD') }).toEqual({ code: 1, told: true });
});

test("Sigstore's own trusted root is there, and does not know the services of tests", async () => {
  const at = workplace();
  const { stderr } = await run(['verify-blob', '--bundle', at('bundle.json'), ...who, at('artifact')]);
  expect(stderr).toContain('VERIFY_LOG_UNKNOWN');
});

test('a statement must be of the type asked for', async () => {
  const at = workplace({ content: 'statement', key });
  const args = [
    '--key',
    at('key.pub'),
    '--bundle',
    at('bundle.json'),
    '--trusted-root',
    at('root.json'),
    at('artifact'),
  ];
  const verify = (...type: string[]) => run(['verify-blob-attestation', ...type, ...args]);
  expect(await verify('--type', 'https://example.com/predicate')).toMatchObject({ code: 0 });
  expect((await verify('--type', 'spdx')).stderr).toContain('VERIFY_PREDICATE_TYPE');
  expect((await verify()).stderr).toContain('VERIFY_PREDICATE_TYPE');
  expect((await verify('--type', 'word')).stderr).toContain('CLI_PREDICATE_UNKNOWN');
});

test('GHSA-w6c6-c85g-mmv6: a signed message, and a payload that is no statement, are no attestation', async () => {
  const type = ['--type', 'https://example.com/predicate'];
  const verify = (at: (name: string) => string) =>
    run([
      ...['verify-blob-attestation', ...type, '--key', at('key.pub'), '--bundle', at('bundle.json')],
      ...['--trusted-root', at('root.json'), at('artifact')],
    ]);
  expect((await verify(workplace({ key }))).stderr).toContain('VERIFY_STATEMENT_EXPECTED');
  const malformed = workplace({ key, content: 'statement', statement: { subject: 'x' } });
  expect(await verify(malformed)).toMatchObject({ code: 1 });
});

test.each([
  [[], 'CLI_IDENTITY_MISSING'],
  [['--certificate-identity', 'a'], 'CLI_ISSUER_MISSING'],
  [['--certificate-identity', 'a', '--key', 'k'], 'CLI_SIGNER_TWICE'],
  [['--key', 'k'], 'CLI_BUNDLE_MISSING'],
])('%j is not enough: %s', async (flags, code) => {
  expect((await run(['verify-blob', ...flags, 'artifact'])).stderr).toContain(code);
});

test('under the name cosign the lines of errors are those of cosign', async () => {
  const { code, stderr } = await run(['cosign', 'verify-blob', '--bundle', 'b', 'artifact']);
  expect(code).toBe(1);
  const message =
    '--certificate-identity or --certificate-identity-regexp is required for verification in keyless mode';
  expect(stderr.split('\n')[0]).toBe(`Error: ${message}`);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(`error during command execution: ${message}`);
});
