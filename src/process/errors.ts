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
  PROCESS_PLUGIN_MISSING: {
    message: 'There is no program {program} on PATH',
    hint: 'Install the plugin for this kind of keys and check PATH, or check what stands before "://".',
  },
  PROCESS_PLUGIN_FAILED: {
    message: 'The plugin {program} failed: {reason}',
    hint: 'Check the plugin by itself; it is a program of others.',
  },
  PROCESS_PLUGIN_TIMEOUT: {
    message: 'The plugin {program} did not answer within {milliseconds} ms',
    hint: 'It may be waiting for a person or for a service that is not there.',
  },
} as const;

export function processError(code: keyof typeof processErrors, details?: ErrorDetails): AppError {
  return makeError(processErrors, code, details);
}
