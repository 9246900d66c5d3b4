import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const kitErrors = {
  KIT_TEXT_TOO_LONG: {
    message: 'The text has {size} bytes, more than the {limit} that are read',
    hint: 'Text files of this kind are never that long; the file is not what its name says.',
  },
  KIT_LINE_TOO_LONG: {
    message: 'The line at byte {offset} has more than {limit} bytes',
    hint: 'Text files of this kind have short lines; the file is damaged or not what its name says.',
  },
  KIT_JSON_INVALID: {
    message: '{what} is not as its format says: {reason}',
    hint: 'The file is damaged, was written by a faulty program, or is of another kind.',
  },
} as const;

export function kitError(code: keyof typeof kitErrors, details?: ErrorDetails): AppError {
  return makeError(kitErrors, code, details);
}
