import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const advisoryErrors = {
  ADVISORIES_CORRUPT: {
    message: 'The advisory database holds a value that cannot be read: {bucket} / {key}',
    hint: 'Download the database again with `plimsoll db update`.',
  },
  ADVISORIES_SCHEMA: {
    message: 'The advisory database at {path} has schema {found}; this version reads schema {wanted}',
    hint: 'Run `plimsoll db update`; if the schema is newer than this program, update the program.',
  },
  ADVISORIES_MISSING: {
    message: 'There is no advisory database at {path}',
    hint: 'Run `plimsoll db update`, or point --cache-dir at a directory that has one.',
  },
  ADVISORIES_RECORD_INVALID: {
    message: '{name} is not an OSV record: {reason}',
    hint: 'Get the record again from where it came, or remove it.',
  },
  ADVISORIES_RECORDS_MISSING: {
    message: 'There are no OSV records at {path}',
    hint: 'Name a directory or a zip file of OSV records in JSON.',
  },
  ADVISORIES_DAMAGED: {
    message: 'The database at {path} is not what was downloaded: bytes {from} to {to} have changed',
    hint: 'The disk or another program has damaged it. Delete the file and run `plimsoll db update`.',
  },
  ADVISORIES_ARTIFACT_INVALID: {
    message: '{repository} holds no database of the kind {name}: {reason}',
    hint: 'Check --db-repository and --java-db-repository.',
  },
  ADVISORIES_DOWNLOAD_FAILED: {
    message: 'The database {name} could not be downloaded: {reasons}',
    hint: 'Check the network, set another --db-repository, or copy a cache directory and use --skip-db-update.',
    retryable: true,
  },
  ADVISORIES_JAVA_INVALID: {
    message: 'The Java database at {path} cannot be read: {reason}',
    hint: 'Download it again with `plimsoll db update`.',
  },
} as const;

export function advisoryError(code: keyof typeof advisoryErrors, details?: ErrorDetails): AppError {
  return makeError(advisoryErrors, code, details);
}
