import { type AppError, type ErrorDetails, isAppError, makeError } from '../core/index.ts';
import type { Failure } from './answer.ts';
import type { FileProblem } from './outcome.ts';

export const pinErrors = {
  PIN_FILE_INVALID: {
    message: 'The file cannot be read as what its name says: {reason}',
    hint: 'Mend the file, or leave it out with --skip-files.',
  },
  PIN_KIND_UNKNOWN: {
    message: 'Neither its name nor what it holds tells a kind of file with references; say which with --kind',
    hint: 'docs/pin.md lists the kinds and the names of their files.',
  },
  PIN_IMAGE_UNKNOWN: {
    message: 'no image found in "{text}": {reason}',
    hint: 'Write the image out; a variable may have its value in the file or in the environment.',
  },
  PIN_PLATFORM_MISSING: {
    message: 'The index that {reference} means now lacks {platforms}, which the present pin has',
    hint: 'It may still be in the making: wait for it with --wait, or try again later.',
  },
  PIN_REVISION_NOT_FOUND: {
    message: 'There is no tag or branch {revision} in {repository}',
    hint: 'Check owner, repository and tag.',
  },
  PIN_GIT_FAILED: {
    message: 'The tags of {repository} cannot be listed: {reason}',
    hint: 'Check the name; a private repository needs a token (GITHUB_TOKEN), another server --git-url.',
  },
} as const;

export function pinError(code: keyof typeof pinErrors, details?: ErrorDetails): AppError {
  return makeError(pinErrors, code, details);
}

/** What went wrong, as a value; what should not happen is thrown on. */
export function toFailure(error: unknown): Failure {
  if (!isAppError(error)) throw error;
  return { code: error.code, reason: error.message };
}

/** A file that is left out, and why. */
export function toProblem(path: string, error: unknown): FileProblem {
  return { path, ...toFailure(error) };
}
