import { decodeBase64 } from '../../kit/proto-json.ts';

/** A signed note that states size and root of a log's tree (C2SP tlog-checkpoint and signed-note). */
export interface Checkpoint {
  readonly origin: string;
  readonly treeSize: number;
  readonly rootHash: Buffer;
  /** What is signed. */
  readonly text: Buffer;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** The first four bytes of the identifier of the key. */
  readonly keyHint: Buffer;
  readonly signature: Buffer;
}

const maxLength = 64 * 1024;
const maxSignatures = 100;

/** Reads a checkpoint; a text instead says what is wrong with it. */
export function parseCheckpoint(note: string): Checkpoint | string {
  if (note.length > maxLength) return `it has more than ${maxLength} characters`;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return 'it has no block of signatures';
  const [origin = '', size = '', root = ''] = note.slice(0, split + 1).split('\n');
  const rootHash = decodeBase64(root);
  if (origin === '') return 'it names no log';
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return 'it states no size';
  if (rootHash?.length !== 32) return 'it states no root';
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > maxSignatures) return `it has more than ${maxSignatures} signatures`;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return 'a line of its signatures is not one';
    signatures.push(signature);
  }
  return { origin, treeSize: Number(size), rootHash, text: Buffer.from(note.slice(0, split + 1)), signatures };
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name = '', encoded = ''] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  if (name === '' || bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
