import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const reportErrors = {
  REPORTS_ACCOUNT_MISSING: {
    message: 'The format asff needs the account and the region of Security Hub',
    hint: 'Set AWS_ACCOUNT_ID to 12 digits, and AWS_REGION to a region such as `eu-west-1`.',
  },
  REPORTS_TEMPLATE_MISSING: {
    message: 'The format template needs a template',
    hint: 'Name one with `--template @file.tpl`, or write it there as text.',
  },
  REPORTS_SAVED_UNKNOWN: {
    message: 'This is no saved report',
    hint: 'Give a report that was written with `--format json`; SBOMs are read by `plimsoll sbom`.',
  },
  REPORTS_SAVED_INVALID: {
    message: 'The saved report is damaged: {reason}',
    hint: 'Make the report again with `--format json`.',
  },
  REPORTS_SAVED_TOO_LARGE: {
    message: 'The saved report has more {what} than the {limit} that are read',
    hint: 'No real report is that large; the file is not what it seems, or holds several reports.',
  },
  REPORTS_SAVED_UNSUPPORTED: {
    message: 'The saved report is {kind}, which cannot be read',
    hint: 'Reports of images, file systems, repositories and SBOMs in JSON, schema version 2, can be read.',
  },
} as const;

export function reportError(code: keyof typeof reportErrors, details?: ErrorDetails): AppError {
  return makeError(reportErrors, code, details);
}
