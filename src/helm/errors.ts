import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const helmErrors = {
  HELM_CHART_INVALID: {
    message: 'The chart cannot be read: {path} {reason}',
    hint: 'Give the directory of a chart with Chart.yaml, values.yaml and templates.',
  },
  HELM_VALUES_INVALID: {
    message: 'The values are not valid: {reason}',
    hint: 'charts/plimsoll/README.md lists all values.',
  },
  HELM_SET_INVALID: {
    message: '"{text}" cannot be set: {reason}',
    hint: 'Write KEY=VALUE with a dotted key, for example replicaCount=3 or webhooks.timeoutSeconds=5; else use --values FILE.',
  },
  HELM_RENDER_FAILED: {
    message: 'The chart cannot be rendered: {reason}',
    hint: 'Set the values that it asks for.',
  },
} as const;

export function helmError(code: keyof typeof helmErrors, details?: ErrorDetails): AppError {
  return makeError(helmErrors, code, details);
}
