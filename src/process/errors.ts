import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const processErrors = {
  PROCESS_HELPER_NAME: {
    message: '"{helper}" is not the name of a credential helper',
    hint: 'credsStore and credHelpers hold the part of the name behind docker-credential-, for example ecr-login.',
  },
  PROCESS_HELPER_MISSING: {
    message: 'The credential helper {program} is not installed or not executable',
    hint: 'Install it and check PATH, or remove it from credsStore or credHelpers in the docker configuration.',
  },
  PROCESS_HELPER_FAILED: {
    message: 'The credential helper {program} failed: {reason}',
    hint: 'Run the helper by hand (`echo HOST | {program} get`), or log in again.',
  },
  PROCESS_HELPER_TIMEOUT: {
    message: 'The credential helper {program} did not answer within {milliseconds} ms',
    hint: 'The helper may be waiting for a person; log in again, or remove it from the docker configuration.',
  },
} as const;

export function processError(code: keyof typeof processErrors, details?: ErrorDetails): AppError {
  return makeError(processErrors, code, details);
}
