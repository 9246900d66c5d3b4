import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { toPem } from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

/** Signatures of files as they were kept before bundles. */
const stack = makeStack();
const artifact = Buffer.from('the artifact');
const key = makeKey();
const signature = key.sign(artifact);
const certified = makeKey();
const { der } = stack.authority.issue({ at: stack.at, key: certified, certificateLog: stack.certificateLog });
const own = certified.sign(artifact);

const files: Readonly<Record<string, string | Buffer>> = {
  artifact,
  empty: '',
  'key.pub': key.pem,
  'raw.sig': signature,
  'text.sig': `${signature.toString('base64')}\n`,
  'empty.sig': key.sign(Buffer.alloc(0)),
  'own.sig': own,
  'cert.pem': toPem(der),
  'cert.b64': Buffer.from(toPem(der)).toString('base64'),
  'stamp.json': JSON.stringify({
    SignedRFC3161Timestamp: stack.timestamps.stamp(own, new Date(stack.at.getTime() + 5000)).toString('base64'),
  }),
  'other.json': JSON.stringify({
    SignedRFC3161Timestamp: stack.timestamps.stamp(signature, stack.at).toString('base64'),
  }),
  'root.json': stack.trustedRoot(),
};

async function verify(...words: readonly string[]) {
  const directory = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const named = words.map((word) => (Object.hasOwn(files, word) ? join(directory, word) : word));
  const host = makeHost(['verify-blob', '--insecure-ignore-tlog', ...named], { environment: { HOME: directory } });
  return { code: await runProgram(host), stderr: host.stderr.text() };
}

const keyed = ['--key', 'key.pub', '--signature'];
const who = ['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer', 'https://issuer.example.com'];
const keyless = ['--trusted-root', 'root.json', ...who, '--signature', 'own.sig'];
const digest = `sha256:${createHash('sha256').update(artifact).digest('hex')}`;

test.each([
  ['as it is', [...keyed, 'raw.sig', 'artifact']],
  ['in base64', [...keyed, 'text.sig', 'artifact']],
  ['on the command line', [...keyed, signature.toString('base64'), 'artifact']],
  [
    'with a certificate and a stamp',
    [...keyless, '--certificate', 'cert.pem', '--rfc3161-timestamp', 'stamp.json', 'artifact'],
  ],
  [
    'with a certificate in base64',
    [...keyless, '--certificate', 'cert.b64', '--rfc3161-timestamp', 'stamp.json', 'artifact'],
  ],
])('a signature %s is verified', async (_, words) => {
  expect(await verify(...words)).toEqual({ code: 0, stderr: 'Verified OK\n' });
});

test.each([
  ['another file', [...keyed, 'raw.sig', 'empty'], 'VERIFY_SIGNATURE_INVALID'],
  ['a digest, which such a signature says nothing of', [...keyed, 'raw.sig', digest], 'DISK_NOT_FOUND'],
  ['a digest, with the signature of nothing', [...keyed, 'empty.sig', digest], 'DISK_NOT_FOUND'],
  ['no certificate', [...keyless, 'artifact'], 'VERIFY_CERTIFICATE_EXPECTED'],
  ['a certificate that has ended', [...keyless, '--certificate', 'cert.pem', 'artifact'], 'VERIFY_CERTIFICATE_CHAIN'],
  [
    'the stamp of another signature',
    [...keyless, '--certificate', 'cert.pem', '--rfc3161-timestamp', 'other.json', 'artifact'],
    'VERIFY_TIMESTAMP_IMPRINT',
  ],
  ['neither bundle nor signature', ['--key', 'key.pub', 'artifact'], 'CLI_BUNDLE_MISSING'],
])('%s is refused', async (_, words, told) => {
  const { code, stderr } = await verify(...words);
  expect({ code, told: stderr.includes(told) }, stderr).toEqual({ code: 1, told: true });
});
