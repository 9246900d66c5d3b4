import type { AppError } from '../../core/index.ts';
import { codecError } from '../errors.ts';

/** A template's name and text, for messages that say where. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

interface Place {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset, both from 1. */
export function placeOf({ name, text }: Source, at: number): Place {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { name, line, column: at - before.lastIndexOf('\n') };
}

export function syntaxError(source: Source, at: number, reason: string): AppError {
  return codecError('CODEC_TEMPLATE_INVALID', { data: { ...placeOf(source, at), reason } });
}

export function executionError(source: Source, at: number, reason: string, cause?: unknown): AppError {
  return codecError('CODEC_TEMPLATE_FAILED', { data: { ...placeOf(source, at), reason }, cause });
}

/** A function does not accept its arguments; where it was called is added by the caller. */
export function callError(reason: string): AppError {
  return codecError('CODEC_TEMPLATE_CALL', { data: { reason } });
}
