import { expect, test } from 'vitest';
import { makeAuthority } from '../../../testkit/sigstore/authority.ts';
import { makeCertificateLog, type TestCertificateLog } from '../../../testkit/sigstore/certificate-log.ts';
import { makeKey } from '../../../testkit/sigstore/keys.ts';
import { makeStack, signBundle, testTime } from '../../../testkit/sigstore/stack.ts';
import type { TrustedRootParts } from '../../../testkit/sigstore/trusted-root.ts';
import { parseTrustedRoot } from '../../trust/index.ts';
import { artifactOf } from '../artifact.ts';
import { verifyBundle } from '../verify-bundle.ts';

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const { certificateLog, authority } = stack;
const chain = [authority.intermediate, authority.root];

async function codesOf(log: TestCertificateLog, root: TrustedRootParts = {}, certificateLogThreshold = 1) {
  const identity = { certificateLog: log };
  const { bundle } = signBundle(stack, { artifact, content: 'message', identity });
  const answer = await verifyBundle(bundle, artifactOf(artifact), {
    signer: { kind: 'identity', identities: [{ name: { exact: 'user@example.com' } }] },
    trust: parseTrustedRoot(stack.trustedRoot(root)),
    now: testTime,
    certificateLogThreshold,
  });
  return answer.outcome === 'verified' ? ['verified'] : answer.reasons.map(({ code }) => code);
}

/** A log that promises something else than it is asked to. */
const lying = (
  change: (...given: Parameters<TestCertificateLog['stamp']>) => ReturnType<TestCertificateLog['stamp']>,
) => ({
  ...certificateLog,
  stamp: change,
});

test.each<[string, TestCertificateLog]>([
  ['signed by another key', { ...makeCertificateLog(), id: certificateLog.id }],
  ['of another certificate', lying((_, issuer, at) => certificateLog.stamp(Buffer.from('3000', 'hex'), issuer, at))],
  ['of another issuer', lying((tbs, _, at) => certificateLog.stamp(tbs, makeKey().spki, at))],
  ['that is damaged', lying((...given) => certificateLog.stamp(...given).subarray(0, -1))],
  ['of a log that is not known', makeCertificateLog()],
])('a promise %s does not count', async (_, log) => {
  const [code] = await codesOf(log);
  expect(['VERIFY_CERTIFICATE_LOG', 'VERIFY_CERTIFICATE_INVALID']).toContain(code);
});

test('the issuer is the one that issued, not another of its name', async () => {
  const namesake = makeAuthority(testTime);
  const decoy = { chain: [namesake.intermediate, namesake.root] };
  for (const authorities of [
    [decoy, { chain }],
    [{ chain }, decoy],
  ]) {
    expect(await codesOf(certificateLog, { authorities })).toEqual(['verified']);
  }
  expect(await codesOf(certificateLog, { authorities: [decoy] })).toContain('VERIFY_CERTIFICATE_CHAIN');
});

test('one log is one, and none is enough where none is asked for', async () => {
  expect(await codesOf(certificateLog, {}, 2)).toEqual(['VERIFY_CERTIFICATE_LOG']);
  expect(await codesOf(makeCertificateLog(), {}, 0)).toEqual(['verified']);
});
