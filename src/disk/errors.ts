import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const diskErrors = {
  DISK_NOT_FOUND: {
    message: '{path} does not exist',
    hint: 'Check the spelling and the working directory.',
  },
  DISK_UNREADABLE: {
    message: '{path} cannot be read: {reason}',
    hint: 'Check the permissions of the file and of the directories above it.',
  },
  DISK_UNWRITABLE: {
    message: '{path} cannot be written: {reason}',
    hint: 'Check permissions and free space, or choose another place (for the cache: --cache-dir).',
  },
  DISK_FILE_CHANGED: {
    message: '{path} was changed by somebody else meanwhile',
    hint: 'Nothing was written to it; run the command again.',
    retryable: true,
  },
  DISK_OUTSIDE_ROOT: {
    message: '{path} leads out of {root} through a link',
    hint: 'Name the file that the link leads to.',
  },
  DISK_FILE_TOO_LARGE: {
    message: '{path} has {size} bytes; at most {limit} are read',
    hint: 'Check that this is the file you meant.',
  },
} as const;

export function diskError(code: keyof typeof diskErrors, details?: ErrorDetails): AppError {
  return makeError(diskErrors, code, details);
}

/** Turns what node:fs throws into a coded error. */
export function fromSystem(error: unknown, path: string, doing: 'read' | 'write'): AppError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  if (reason === 'ENOENT' && doing === 'read') return diskError('DISK_NOT_FOUND', { data: { path }, cause: error });
  const code = doing === 'read' ? 'DISK_UNREADABLE' : 'DISK_UNWRITABLE';
  return diskError(code, { data: { path, reason }, cause: error });
}
