import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const ecosystemErrors = {
  PACKAGE_DATABASE_INVALID: {
    message: 'The {format} database is damaged: {reason}',
    hint: 'Packages in it may be missing from the result; rebuild the image.',
  },
  PACKAGE_DATABASE_UNKNOWN: {
    message: 'The {format} database is in a format that cannot be read: it begins with {start}',
    hint: 'Packages in it are missing from the result; rebuild the database with a current package manager.',
  },
  PACKAGE_DATABASE_UNMERGED: {
    message: 'The {format} database has a log beside it whose changes are not in the database yet',
    hint: 'Packages in the log are not looked at; run `rpmdb --rebuilddb` as the last step of the build.',
  },
  PACKAGE_LIST_INVALID: {
    message: 'The {format} file is damaged: {reason}',
    hint: 'What it lists is missing from the result; write the file again with the tool that made it.',
  },
  PACKAGE_METADATA_INVALID: {
    message: 'The {format} metadata is damaged: {reason}',
    hint: 'The package that it describes is missing from the result; install the package again.',
  },
  PACKAGE_DATABASE_UNSUPPORTED: {
    message: 'Packages listed by {format} cannot be read',
    hint: 'The packages of this system are missing from the result.',
  },
  RELEASE_FILE_INVALID: {
    message: '{path} cannot be read: {reason}',
    hint: 'What the system is, or what it was built from, may be judged wrongly; rebuild the image.',
  },
} as const;

export function ecosystemError(code: keyof typeof ecosystemErrors, details?: ErrorDetails): AppError {
  return makeError(ecosystemErrors, code, details);
}
