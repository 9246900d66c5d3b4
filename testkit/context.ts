import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock, ErrorData, Logger, Progress } from '../src/core/index.ts';
import type { Sleep } from '../src/kit/sleep.ts';

/** A log that keeps what it is told. */
export interface RecordedLog extends Logger {
  readonly lines: { readonly level: string; readonly text: string; readonly fields: ErrorData }[];
}

export function recordLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const at =
    (level: string) =>
    (text: string, fields: ErrorData = {}): void =>
      void lines.push({ level, text, fields });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn') };
}

export const silentProgress: Progress = { start: () => ({ advance: () => {}, finish: () => {} }) };

export function fixedClock(iso: string): Clock {
  return { now: () => new Date(iso) };
}

/** A sleep that keeps how long it was asked to wait, and returns at once. */
export function recordSleep(): { readonly sleep: Sleep; readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
}

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** All bytes of a stream, copied as they come. */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Bytes as a stream of pieces of `size`. */
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
