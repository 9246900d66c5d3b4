import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const configErrors = {
  CONFIG_VALUE_INVALID: {
    message: '{where}: {found} is not {expected}',
    hint: '{advice}',
  },
  CONFIG_FILE_INVALID: {
    message: '{path}, line {line}: {reason}',
    hint: 'Correct the file, or name another with --config.',
  },
  CONFIG_OPTION_UNSUPPORTED: {
    message: '{name} is an option of Trivy that Plimsoll does not have yet',
    hint: 'Leave it out. docs/configuration.md lists the options there are.',
  },
  CONFIG_OPTION_REMOVED: {
    message: '{name} was removed',
    hint: '{instead}',
  },
  CONFIG_CREDENTIALS_UNPAIRED: {
    message: 'A user name and a password for a registry go together',
    hint: 'Give both --username and --password (or --password-stdin), or neither.',
  },
} as const;

export function configError(code: keyof typeof configErrors, details?: ErrorDetails): AppError {
  return makeError(configErrors, code, details);
}
