import { readWhole, writeOutput } from '../../disk/index.ts';
import { formatBundle, type SigstoreBundle, statementOf } from '../../envelope/index.ts';
import { signKeyless } from '../../sign/index.ts';
import { parseSigningConfig, parseTrustedRoot, publicGoodRoot, type SigningConfig } from '../../trust/index.ts';
import { type Artifact, artifactOf, toError, verifyBundle } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { SignBundleInput } from './input.ts';

const mebibyte = 2 ** 20;
const limits = { artifact: 2048 * mebibyte, config: mebibyte, trustedRoot: 16 * mebibyte };

/** The services of Sigstore's public instance. */
const publicGoodConfig = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  caUrls: [service('https://fulcio.sigstore.dev')],
  rekorTlogUrls: [service('https://rekor.sigstore.dev')],
  tsaUrls: [service('https://timestamp.sigstore.dev/api/v1/timestamp')],
});

function service(url: string): object {
  return { url, majorApiVersion: 1, operator: 'sigstore.dev', validFor: { start: '2021-01-01T00:00:00Z' } };
}

/** Signs a file without a key of one's own, verifies the result, and writes it. @throws DISK_*, TRUST_*, NET_*, VERIFY_* */
export async function signFile(input: SignBundleInput, context: AppContext): Promise<void> {
  const { token, kind, trustedRoot } = input;
  const bytes = await readWhole(input.path, limits.artifact);
  const bundle = await signKeyless({
    content: { kind, bytes },
    token,
    config: await readConfig(input.signingConfig),
    fetch: await context.fetch(),
    time: context.clock.now(),
    ...(context.signal !== undefined && { signal: context.signal }),
  });
  const root = trustedRoot === undefined ? undefined : await readWhole(trustedRoot, limits.trustedRoot);
  await assertVerified(bundle, bytes, root, context);
  await writeOutput(input.bundle, `${formatBundle(bundle)}\n`);
}

async function readConfig(path: string | undefined): Promise<SigningConfig> {
  return parseSigningConfig(path === undefined ? publicGoodConfig : await readWhole(path, limits.config));
}

/** A signature that others will refuse must not look like a success. */
async function assertVerified(
  bundle: SigstoreBundle,
  bytes: Buffer,
  trustedRoot: Buffer | undefined,
  { clock }: AppContext,
): Promise<void> {
  const trust = trustedRoot === undefined ? await publicGoodRoot() : parseTrustedRoot(trustedRoot);
  // Whoever the token names is right.
  const signer = { kind: 'identity', identities: [{}] } as const;
  const logThreshold = bundle.logEntries.length > 0 ? 1 : 0;
  const answer = await verifyBundle(bundle, artifactSigned(bundle, bytes), {
    signer,
    trust,
    now: clock.now(),
    logThreshold,
  });
  if (answer.outcome === 'not-verified') throw toError(answer.reasons[0]);
}

/** A statement was made about something that need not be here: its first subject stands for it. */
function artifactSigned({ content }: SigstoreBundle, bytes: Buffer): Artifact {
  if (content.kind === 'message') return artifactOf(bytes);
  const [subject] = statementOf(content.envelope).subjects;
  return { digest: (algorithm) => subject?.digest[algorithm] };
}
