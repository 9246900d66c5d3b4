import { isAppError } from '../src/core/index.ts';

/** Copies of `whole` cut short at, and flipped in, each `step`th byte. */
export function* damagedCopies(whole: Buffer, step = 1): Generator<Buffer, void, undefined> {
  for (let at = 0; at < whole.length; at += step) {
    yield whole.subarray(0, at);
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 0xff;
    yield flipped;
  }
}

/** Throws whatever `work` throws unless it is an AppError. */
export function toleratingCoded(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

/** A file with one kind of harm done to it. */
export interface DamagedFile {
  /** What was done, for the name of a failing case. */
  readonly damage: string;
  readonly bytes: Buffer;
}

/** A generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Copies of a sound file, each damaged in one way: cut short, bits flipped, stretches of zeros and of ones (lengths and
 * offsets become huge), control characters, repetition, and files that are something else altogether.
 */
export function* damagedFiles(sound: Uint8Array, rounds = 40): Generator<DamagedFile, void, undefined> {
  const random = makeRandom(sound.length + 1);
  const place = (): number => Math.floor(random() * sound.length);
  yield { damage: 'empty', bytes: Buffer.alloc(0) };
  for (const byte of [0x00, 0xff, 0x0a, 0x20, 0x3a, 0x7b]) {
    yield { damage: `nothing but 0x${byte.toString(16)}`, bytes: Buffer.alloc(Math.max(sound.length, 64), byte) };
  }
  yield { damage: 'noise', bytes: Buffer.from(Array.from({ length: 4096 }, () => Math.floor(random() * 256))) };
  yield { damage: 'written twice', bytes: Buffer.concat([sound, sound]) };
  yield { damage: 'backwards', bytes: Buffer.from(sound).reverse() };
  for (let cut = 1; cut < sound.length; cut = cut < 64 ? cut + 7 : cut * 2) {
    yield { damage: `cut to ${cut} bytes`, bytes: Buffer.from(sound.subarray(0, cut)) };
    yield { damage: `without its last ${cut} bytes`, bytes: Buffer.from(sound.subarray(0, sound.length - cut)) };
  }
  for (let round = 0; round < rounds && sound.length > 0; round++) {
    const at = place();
    yield { damage: `bit flipped at ${at}`, bytes: changed(sound, at, 1, (byte) => byte ^ (1 << (round & 7))) };
    yield { damage: `ones at ${at}`, bytes: changed(sound, at, 1 + (round % 9), () => 0xff) };
    yield { damage: `zeros at ${at}`, bytes: changed(sound, at, 1 + (round % 33), () => 0) };
    yield { damage: `control characters at ${at}`, bytes: changed(sound, at, 4, () => Math.floor(random() * 32)) };
    yield { damage: `byte lost at ${at}`, bytes: Buffer.concat([sound.subarray(0, at), sound.subarray(at + 1)]) };
  }
}

function changed(sound: Uint8Array, at: number, length: number, change: (byte: number) => number): Buffer {
  const bytes = Buffer.from(sound);
  for (let index = at; index < Math.min(at + length, bytes.length); index++) bytes[index] = change(bytes[index] ?? 0);
  return bytes;
}
