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
