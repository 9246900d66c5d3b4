import { expect, test } from 'vitest';
import { toVerifyPolicy } from '../../src/app/policy/trust.ts';
import { checkPiece } from '../../src/app/verify/pieces.ts';
import type { Digest } from '../../src/core/index.ts';
import { formatBundle, type SigstoreBundle } from '../../src/envelope/index.ts';
import { type Gather, settle } from '../../src/policy/judge/settle.ts';
import { type EvidenceNeed, type EvidencePiece, type Fact, needKey } from '../../src/policy/model/need.ts';
import { parseTrustedRoot } from '../../src/trust/index.ts';
import { buildImage } from '../../testkit/image.ts';
import { clusterPolicy, podOf, readPolicies } from '../../testkit/policy.ts';
import { makeAuthority } from '../../testkit/sigstore/authority.ts';
import { type TestCertificate, toPem } from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, type SignRequest, signBundle, statementAbout, testTime } from '../../testkit/sigstore/stack.ts';

const stack = makeStack();
const foreign = makeAuthority(testTime, undefined, 'another');
const artifact = buildImage({ layers: [[{ path: 'app' }]] }).manifest;
const root = parseTrustedRoot(Buffer.from(stack.trustedRoot()));
const login = 'https://github.com/login/oauth';
const actions = 'https://token.actions.githubusercontent.com';
const release = 'https://github.com/org/app/.github/workflows/release.yml@refs/heads/main';
const claims = { 2: 'push', 3: 'abc', 4: 'Release', 5: 'org/app', 6: 'refs/heads/main' };
const dev = { names: [{ kind: 'email', value: 'dev@org.com' }], issuer: login } as const;

function sign(
  identity: SignRequest['identity'],
  more: Partial<SignRequest> = {},
  by = stack,
): readonly SigstoreBundle[] {
  const statement = statementAbout(artifact.bytes, { predicateType: 'https://sigstore.dev/cosign/sign/v1' });
  const request = { artifact: artifact.bytes, content: 'statement', statement, ...more } as const;
  return [signBundle(by, { ...request, ...(identity !== undefined && { identity }) }).bundle];
}

/** What the image is signed with. */
const signers = {
  nobody: [],
  dev: sign(dev),
  workflow: sign({ names: [{ kind: 'uri', value: release }], issuer: actions, claims }),
  both: sign({ names: [...dev.names, { kind: 'uri', value: release }], issuer: login }),
  nameless: sign({ names: [], issuer: login }),
  foreign: sign(dev, {}, { ...stack, authority: foreign }),
  unlogged: sign(dev, { log: 'none', timestamped: true }),
  unwitnessed: sign({ ...dev, certificateLog: undefined }),
  bare: sign({ ...dev, certificateLog: undefined }, { log: 'none', timestamped: true }),
} satisfies Record<string, readonly SigstoreBundle[]>;

const chainOf = (...chain: readonly TestCertificate[]): string => chain.map(({ der }) => toPem(der)).join('');
const roots = chainOf(stack.authority.intermediate, stack.authority.root);
const foreignRoots = chainOf(foreign.intermediate, foreign.root);
const [noLog, noCertificateLog] = [{ rekor: { ignoreTlog: true } }, { ctlog: { ignoreSCT: true } }];
const tsa = chainOf(stack.timestamps.leaf, stack.timestamps.root);

type Row = readonly [signer: keyof typeof signers, keyless: object, isAllowed: boolean];

const subjects: readonly Row[] = [
  ['nobody', {}, false],
  ['dev', {}, true],
  ['dev', { subject: 'dev@org.com', issuer: login }, true],
  ['dev', { subject: '*@org.com' }, true],
  ['dev', { subject: '*@org.co' }, false],
  ['dev', { subject: 'org.com' }, false],
  ['dev', { subject: 'DEV@org.com' }, false],
  ['dev', { subject: '???@org.com' }, true],
  ['dev', { subject: '??@org.com' }, false],
  ['dev', { subject: '[d]ev@org.com' }, false],
  ['workflow', { subject: 'https://github.com/org/*' }, true],
  ['workflow', { subject: 'https://github.com/*/release.yml@refs/heads/main' }, true],
  ['workflow', { subject: 'https://github.com?org/app/*' }, true],
  ['workflow', { subject: 'https://github.com/other/*' }, false],
  ['both', { subject: '*@org.com' }, true],
  ['both', { subject: 'https://github.com/org/*' }, true],
  ['both', { subject: '*@other.com' }, false],
  ['nameless', { subject: '*' }, false],
  ['nameless', { subjectRegExp: '.*' }, false],
];

const expressions: readonly Row[] = [
  ['dev', { subjectRegExp: 'org' }, true],
  ['dev', { subjectRegExp: '^org' }, false],
  ['dev', { subjectRegExp: '@org[.]com$' }, true],
  ['dev', { subjectRegExp: '(?i)DEV@ORG' }, true],
  ['dev', { subject: 'nobody', subjectRegExp: 'dev@' }, true],
  ['dev', { subject: 'dev@*', subjectRegExp: 'nobody' }, true],
  ['dev', { subject: 'no*', subjectRegExp: 'nobody' }, false],
];

const issuers: readonly Row[] = [
  ['dev', { issuer: 'https://github.com/*' }, true],
  ['dev', { issuer: 'https://github.com' }, false],
  ['dev', { issuer: actions }, false],
  ['dev', { issuerRegExp: 'github' }, true],
  ['dev', { issuerRegExp: '^github' }, false],
  ['dev', { issuer: login, issuerRegExp: 'oauth$' }, true],
  ['dev', { issuer: login, issuerRegExp: 'token' }, false],
  ['dev', { issuer: actions, issuerRegExp: 'oauth$' }, false],
  ['workflow', { subject: 'https://github.com/org/*', issuer: login }, false],
];

const extensions: readonly Row[] = [
  ['workflow', { additionalExtensions: { githubWorkflowName: 'Rel*' } }, true],
  ['workflow', { additionalExtensions: { githubWorkflowName: 'rel*' } }, false],
  ['workflow', { additionalExtensions: { '1.3.6.1.4.1.57264.1.5': 'org/app' } }, true],
  ['workflow', { additionalExtensions: { githubWorkflowRepository: 'org/*', githubWorkflowTrigger: 'push' } }, true],
  ['workflow', { additionalExtensions: { githubWorkflowRepository: 'org/*', githubWorkflowTrigger: 'tag' } }, false],
  ['workflow', { additionalExtensions: { oidcIssuer: actions } }, true],
  ['dev', { additionalExtensions: { githubWorkflowRef: 'refs/heads/main' } }, false],
  ['dev', { additionalExtensions: { githubWorkflowRef: '*' } }, false],
];

const material: readonly Row[] = [
  ['dev', { roots }, true],
  ['dev', { roots: foreignRoots }, false],
  ['foreign', {}, false],
  ['foreign', { roots: foreignRoots }, true],
  ['foreign', { roots: foreignRoots, subject: '*@other.com' }, false],
  ['unlogged', {}, false],
  ['unlogged', { ...noLog, ctlog: { tsaCertChain: tsa } }, true],
  ['unlogged', { ...noCertificateLog }, false],
  ['unwitnessed', {}, false],
  ['unwitnessed', noLog, false],
  ['unwitnessed', noCertificateLog, true],
  ['bare', { ...noLog, ctlog: { tsaCertChain: tsa } }, false],
  ['bare', { ...noLog, ctlog: { ignoreSCT: true, tsaCertChain: tsa } }, true],
  ['bare', { ...noLog, ctlog: { ignoreSCT: true, tsaCertChain: tsa }, subject: 'x*' }, false],
  ['dev', { rekor: { pubkey: stack.log.key.pem } }, true],
  ['dev', { rekor: { pubkey: makeKey().pem } }, false],
  ['dev', { ctlog: { pubkey: stack.certificateLog.key.pem } }, true],
  ['dev', { ctlog: { pubkey: makeKey().pem } }, false],
];

const policyOf = (keyless: object): string =>
  JSON.stringify(clusterPolicy({ attestors: [{ entries: [{ keyless }] }] }));

const digest = artifact.digest as Digest;

async function pieceOf(bundle: SigstoreBundle, { proof }: EvidenceNeed): Promise<EvidencePiece> {
  const policy = await toVerifyPolicy(proof, new Date(testTime.getTime() + 60_000), async () => root);
  const { answer } = await checkPiece(
    { kind: 'bundle', manifest: digest, json: Buffer.from(formatBundle(bundle)) },
    digest,
    policy,
  );
  return answer.outcome === 'verified'
    ? { outcome: 'verified', verified: answer, signed: { kind: 'signature', annotations: {} } }
    : { outcome: 'refused', reasons: answer.reasons };
}

/** Everything is verified for real; only the registry is left out. */
function gatherOf(bundles: readonly SigstoreBundle[]): Gather {
  return async (needs) => {
    const facts = new Map<string, Fact>();
    for (const need of needs) {
      if (need.kind === 'digest') facts.set(needKey(need), { kind: 'digest', digest });
      if (need.kind !== 'evidence') continue;
      const pieces = await Promise.all(bundles.map((bundle) => pieceOf(bundle, need)));
      facts.set(needKey(need), { kind: 'evidence', pieces });
    }
    return facts;
  };
}

test.each<Row>([...subjects, ...expressions, ...issuers, ...extensions, ...material])(
  'signed by %s, judged by keyless %j: %s',
  async (signer, keyless, isAllowed) => {
    const policies = await readPolicies(policyOf(keyless));
    const request = { operation: 'CREATE', object: podOf(['ghcr.io/org/app:1']), at: testTime } as const;
    const { allowed, results } = await settle(request, policies, gatherOf(signers[signer]));
    expect({ allowed, results }).toMatchObject({ allowed: isAllowed });
  },
);

test('an extension that nobody knows is a mistake in the policy', async () => {
  const text = policyOf({ additionalExtensions: { githubWorkflowColour: 'red' } });
  await expect(readPolicies(text)).rejects.toThrowCode('POLICY_INVALID');
});
