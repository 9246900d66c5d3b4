import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const reportErrors = {
  REPORTS_TEMPLATE_MISSING: {
    message: 'The format template needs a template',
    hint: 'Name one with `--template @file.tpl`, or write it there as text.',
  },
} as const;

export function reportError(code: keyof typeof reportErrors, details?: ErrorDetails): AppError {
  return makeError(reportErrors, code, details);
}
