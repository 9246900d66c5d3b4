import type { ErrorData } from './error.ts';
import { coreError } from './errors.ts';

export interface Clock {
  now(): Date;
}

/** Log events: static text, variable data in fields. */
export interface Logger {
  debug(text: string, fields?: ErrorData): void;
  info(text: string, fields?: ErrorData): void;
  warn(text: string, fields?: ErrorData): void;
}

/** One piece of long work that a person may want to watch. */
export interface ProgressTask {
  advance(units: number): void;
  finish(): void;
}

export interface Progress {
  /** `total` in bytes or items; undefined when not known beforehand. */
  start(label: string, total?: number): ProgressTask;
}

/** Random access to a bounded sequence of bytes that is at hand: memory or a local file. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; the result may share memory with the source. @throws CORE_READ_PAST_END */
  read(offset: number, length: number): Uint8Array;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Where it came from, when another address stood in for the one that was asked. */
  readonly url?: URL;
  /** Keys in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A chunk is valid until the next one is asked for. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up the connection without reading the rest. */
  discard(): void;
}

/** Sends one request; redirects, retries and credentials are the caller's affair. */
export type Fetch = (request: HttpRequest) => Promise<HttpResponse>;

/** Identity data that names archives by more than their own bytes; each answer is undefined when not known. */
export interface IdentitySource {
  findBySha1(sha1: string): { group: string; artifact: string; version: string } | undefined;
  hasArtifact(group: string, artifact: string): boolean;
  /** The group that most versions of this artifact are published under. */
  findGroup(artifact: string, version: string): string | undefined;
}

/** @throws CORE_READ_PAST_END unless `length` bytes from `offset` lie within `size` */
export function assertInside(size: number, offset: number, length: number): void {
  const wanted = offset + length;
  if (Number.isSafeInteger(wanted) && offset >= 0 && length >= 0 && wanted <= size) return;
  throw coreError('CORE_READ_PAST_END', { data: { size, wanted } });
}
