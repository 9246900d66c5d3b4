import type { InclusionProof, LogEntry } from '../../envelope/index.ts';
import { keyId, noteKeyId, type TrustedLog, verifySignature } from '../../trust/index.ts';
import { verifyError } from '../errors.ts';
import { type Checkpoint, type NoteSignature, parseCheckpoint } from './checkpoint.ts';
import { leafHash, rootOf } from './merkle.ts';

/** Rekor 1 puts the number of its tree into the origin. */
const rekor1Origin = /^(\S+) - \d+$/;

/**
 * Checks that the log signed the checkpoint, and that the proof leads from the entry to its root.
 * @throws VERIFY_CHECKPOINT_*, VERIFY_INCLUSION_PROOF, TRUST_KEY_*
 */
export async function assertIncluded(entry: LogEntry, proof: InclusionProof, log: TrustedLog): Promise<void> {
  const index = entry.logIndex;
  const checkpoint = parseCheckpoint(proof.checkpoint);
  if (typeof checkpoint === 'string') {
    throw verifyError('VERIFY_CHECKPOINT_INVALID', { data: { index, reason: checkpoint } });
  }
  await assertSigned(index, checkpoint, log);
  const { treeSize: size, rootHash } = checkpoint;
  if (size !== proof.treeSize || !rootHash.equals(proof.rootHash)) {
    throw verifyError('VERIFY_CHECKPOINT_ROOT', { data: { index } });
  }
  const isRekor1 = rekor1Origin.test(checkpoint.origin);
  const root = rootOf(leafHash(entry.body), { index: proof.logIndex, size, hashes: proof.hashes });
  // Only Rekor 1 has several trees, so that an index in the log differs from one in the tree.
  if (root === undefined || !root.equals(rootHash) || (!isRekor1 && proof.logIndex !== index)) {
    throw verifyError('VERIFY_INCLUSION_PROOF', { data: { index } });
  }
}

/** One line of signatures must be the log's; those of witnesses, which Rekor 2 has, are not looked at. */
async function assertSigned(index: number, checkpoint: Checkpoint, log: TrustedLog): Promise<void> {
  const { origin, text, signatures } = checkpoint;
  const [, rekor1Name] = rekor1Origin.exec(origin) ?? [];
  const expected = hostOf(log.url);
  // The key of Rekor 1 is bound to the log by its digest; that of later logs by the name in the note as well.
  if (rekor1Name === undefined && origin !== expected) {
    throw verifyError('VERIFY_CHECKPOINT_ORIGIN', { data: { index, origin, expected } });
  }
  const { key, scheme } = log.key();
  const hint = (rekor1Name === undefined ? noteKeyId(origin, key) : keyId(key)).subarray(0, 4);
  const isOwn = ({ name, keyHint }: NoteSignature): boolean =>
    keyHint.equals(hint) && (rekor1Name !== undefined || name === origin);
  // Rekor 1 has no witnesses: what else stands there was added by somebody.
  const own = rekor1Name === undefined || signatures.every(isOwn) ? signatures.filter(isOwn) : [];
  for (const { signature } of own) {
    if (!(await verifySignature(key, scheme, { message: text }, signature))) {
      throw verifyError('VERIFY_CHECKPOINT_SIGNATURE', { data: { index } });
    }
  }
  if (own.length === 0) throw verifyError('VERIFY_CHECKPOINT_SIGNATURE', { data: { index } });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
