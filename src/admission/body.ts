import type { Budget } from '../kit/budget.ts';
import { within } from './deadline.ts';

/** Why a body was not read. */
export type Unread = 'too-large' | 'no-room' | 'late';

export interface BodyLimits {
  /** Bytes of one body. */
  readonly size: number;
  /** Bytes of all bodies that are held at the same time; what was read stays taken until `release`. */
  readonly room: Budget;
  readonly milliseconds: number;
}

export interface ReadBody {
  readonly bytes: Buffer | Unread;
  /** Gives back what the body had of the room; to be called once it is no longer needed. */
  release(): void;
}

/** Reads a whole body within bounds of size, time, and of what all bodies may take together. */
export async function readBody(body: AsyncIterable<Buffer>, limits: BodyLimits): Promise<ReadBody> {
  let taken = 0;
  const reading = gather(body, limits.size, (bytes) => {
    const isFree = limits.room.tryTake(bytes);
    if (isFree) taken += bytes;
    return isFree;
  });
  const release = (): void => {
    reading.stop();
    limits.room.give(taken);
    taken = 0;
  };
  try {
    return { bytes: await within(limits.milliseconds, reading.bytes), release };
  } catch (error) {
    release();
    throw error;
  }
}

function gather(
  body: AsyncIterable<Buffer>,
  limit: number,
  take: (bytes: number) => boolean,
): { readonly bytes: Promise<Buffer | Unread>; stop(): void } {
  let stopped = false;
  const read = async (): Promise<Buffer | Unread> => {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of body) {
      size += part.length;
      if (stopped) return 'late';
      if (size > limit) return 'too-large';
      if (!take(part.length)) return 'no-room';
      parts.push(part);
    }
    return Buffer.concat(parts);
  };
  return {
    bytes: read(),
    stop() {
      stopped = true;
    },
  };
}
