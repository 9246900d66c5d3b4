import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { prepareWay, type SigningWay, signingWays, type WayFlags } from '../../testkit/signing-matrix.ts';
import { programs } from '../../testkit/signing-programs.ts';

/**
 * {ours, cosign} signs × {ours, cosign} verifies × every key, log and layout × {image, index, attestation, file, statement
 * about a file}. We verify whatever was signed; what cosign cannot is told by `cannotSign` and `cannotVerify`.
 */
const found = await hasPeer('cosign');
const signers = ['ours', 'cosign'] as const;
type Signer = (typeof signers)[number];

const type = ['--type', 'https://example.com/own'];
const claim = [...type, '--predicate', 'predicate.txt'];

interface Act {
  /** Of a statement, the signature is of an envelope. */
  readonly isStatement: boolean;
  readonly isFile: boolean;
  readonly sign: (place: SigningPlace, flags: WayFlags, way: SigningWay) => readonly string[];
  readonly verify: (place: SigningPlace) => readonly (readonly string[])[];
}

/** A stamp has a file of its own where there is no bundle for it. */
const stamp = (flag: string, { isStamped }: WayFlags, { layout }: SigningWay): readonly string[] =>
  isStamped && layout === 'legacy' ? [flag, 'stamp.json'] : [];

const acts = {
  images: {
    isStatement: false,
    isFile: false,
    sign: ({ index }, { sign }) => ['sign', ...sign, '-a', 'env=prod', '-r', index],
    verify: ({ index, name }) => [index, name].map((image) => ['verify', '-a', 'env=prod', image]),
  },
  attestation: {
    isStatement: true,
    isFile: false,
    sign: ({ name }, { sign }) => ['attest', ...claim, ...sign, name],
    verify: ({ name }) => [['verify-attestation', ...type, name]],
  },
  file: {
    isStatement: false,
    isFile: true,
    sign: (_, flags, way) => [
      ...['sign-blob', ...flags.sign, '--bundle', 'bundle.json'],
      ...[...stamp('--rfc3161-timestamp', flags, way), 'artifact.txt'],
    ],
    verify: () => [['verify-blob', '--bundle', 'bundle.json', 'artifact.txt']],
  },
  statement: {
    isStatement: true,
    isFile: true,
    sign: (_, flags, way) => [
      ...['attest-blob', ...claim, ...flags.sign, '--bundle', 'bundle.json'],
      ...[...stamp('--rfc3161-timestamp-bundle', flags, way), 'artifact.txt'],
    ],
    verify: () => [['verify-blob-attestation', ...type, '--bundle', 'bundle.json', 'artifact.txt']],
  },
} satisfies Readonly<Record<string, Act>>;

type What = keyof typeof acts;

interface Cell extends SigningWay {
  readonly by: Signer;
  readonly what: What;
}

const isLongCurve = ({ signer }: SigningWay): boolean => signer === 'ecdsa-p384' || signer === 'ecdsa-p521';
const isEnvelope = ({ what, layout }: Cell): boolean =>
  acts[what].isStatement || (what === 'images' && layout === 'bundle');

/** cosign 3.1.3 refuses what it has just signed, and so keeps it. */
function cannotSign(cell: Cell): boolean {
  if (cell.by !== 'cosign' || cell.log === 'none') return false;
  if (cell.signer === 'ed25519') return cell.layout === 'bundle' || isEnvelope(cell);
  return isLongCurve(cell) && cell.log === 'v1' && isEnvelope(cell);
}

/** cosign 3.1.3 cannot verify it, whoever has signed. */
function cannotVerify(cell: Cell, demandsStamp: boolean): boolean {
  const { signer, log, layout, what, by } = cell;
  const isOldAttestation = layout === 'legacy' && acts[what].isStatement;
  // Its stamps are of the signature, and it looks for one of the envelope.
  if (demandsStamp && isOldAttestation) return true;
  // In the older layout its log entries must be of SHA-256.
  if (layout === 'legacy' && log === 'v1' && !acts[what].isStatement) return isLongCurve(cell) || signer === 'ed25519';
  if (signer !== 'ed25519') return false;
  // It signs by the digest and checks by the message, but of files in the form of before.
  if (layout === 'legacy') return log === 'none' && by === 'cosign' && what !== 'file';
  // It checks keys of Ed25519 by the message itself, and asks for a digest that such a signature has not.
  if (log === 'none') return by === 'cosign' || what === 'file';
  return log === 'v2' || what === 'file';
}

/** Keys of the longer curves are taken for others by the binary unless it is told; envelopes in Rekor 1 are of SHA-256 anyhow. */
function hashFlags(cell: Cell): readonly string[] {
  if (!isLongCurve(cell) || (cell.log === 'v1' && isEnvelope(cell))) return [];
  return ['--signature-digest-algorithm', cell.signer === 'ecdsa-p384' ? 'sha384' : 'sha512'];
}

/** Files in the form of before take no trusted root, but variables. */
function asCosign(words: readonly string[], cell: Cell): readonly string[] {
  const own = [...words, ...hashFlags(cell)];
  if (cell.layout !== 'legacy' || !acts[cell.what].isFile) return own;
  const root = own.indexOf('--trusted-root');
  return [...(root < 0 ? own : own.toSpliced(root, 2)), '--new-bundle-format=false'];
}

const cells: readonly Cell[] = signingWays.flatMap((way) =>
  signers.flatMap((by) => (Object.keys(acts) as What[]).map((what) => ({ ...way, by, what }))),
);

test.runIf(found).each(cells)('$what by $by with $signer, log $log, as $layout', async (cell) => {
  const place = await signingPlace();
  writeFileSync(place.at('artifact.txt'), 'the artifact');
  writeFileSync(place.at('predicate.txt'), '{"a":1}');
  const flags = await prepareWay(place, cell);
  const act: Act = acts[cell.what];
  const signed = await programs[cell.by](place, act.sign(place, flags, cell));
  expect({ ...signed, refused: signed.code !== 0 }).toMatchObject({ refused: cannotSign(cell) });
  if (cannotSign(cell)) return;
  const isOldFile = cell.layout === 'legacy' && act.isFile;
  for (const demandsStamp of flags.isStamped ? [false, true] : [false]) {
    const proof = demandsStamp
      ? ['--use-signed-timestamps', ...(isOldFile ? ['--rfc3161-timestamp', 'stamp.json'] : [])]
      : [];
    for (const words of act.verify(place)) {
      const asked = [...words, ...flags.verify, ...proof];
      expect(await programs.ours(place, asked)).toMatchObject({ code: 0 });
      const theirs = await programs.cosign(place, asCosign(asked, cell), isOldFile ? flags.environment : {});
      const refused = theirs.code !== 0;
      expect({ ...theirs, demandsStamp, refused }).toMatchObject({ refused: cannotVerify(cell, demandsStamp) });
    }
  }
});
