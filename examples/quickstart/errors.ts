import { type AppError, type ErrorDetails, makeError } from '../../src/core/index.ts';

const quickstartErrors = {
  QUICKSTART_STEP_FAILED: {
    message: 'The step "{step}" ended with the exit code {found} instead of {wanted}',
    hint: 'What the command printed above says why.',
  },
  QUICKSTART_FINDINGS_DIFFER: {
    message: 'The scan of the image found {image}, that of its SBOM {sbom}',
    hint: 'This is a mistake of the program: please report it.',
  },
  QUICKSTART_DECISION_DIFFERS: {
    message: 'The pod {pod} should have been {wanted}, and was {found}',
    hint: 'The log of the admission server says why: {log}.',
  },
  QUICKSTART_NOT_SERVING: {
    message: 'The admission server did not start',
    hint: 'Its log says why: {log}.',
  },
  QUICKSTART_NOT_BUILT: {
    message: 'The program has not been built',
    hint: 'Run `npm ci`, or `npm run build:cli` after a change.',
  },
} as const;

export function quickstartError(code: keyof typeof quickstartErrors, details?: ErrorDetails): AppError {
  return makeError(quickstartErrors, code, details);
}
