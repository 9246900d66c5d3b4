/** What a room says about one of its error codes; the table is the only place that holds the words. */
export interface ErrorSpec {
  /** One sentence saying what is wrong. `{name}` is replaced by `data.name`. */
  readonly message: string;
  /** What the reader can do next. */
  readonly hint: string;
  /** True when the same call may succeed later without any change. */
  readonly retryable?: boolean;
}

export type ErrorTable = Readonly<Record<string, ErrorSpec>>;

export type ErrorData = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ErrorDetails {
  readonly data?: ErrorData;
  readonly cause?: unknown;
}

/** The only error that Plimsoll throws: a stable `code`, words for people, and structured `data` for machines. */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly code: string;
  readonly hint: string;
  readonly data: ErrorData;
  readonly retryable: boolean;

  constructor(code: string, spec: ErrorSpec, details: ErrorDetails = {}) {
    super(fill(spec.message, details.data), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = fill(spec.hint, details.data);
    this.data = details.data ?? {};
    this.retryable = spec.retryable ?? false;
  }
}

/** Builds the error that `table` holds under `code`. */
export function makeError<T extends ErrorTable>(table: T, code: keyof T & string, details?: ErrorDetails): AppError {
  return new AppError(code, table[code] as ErrorSpec, details);
}

/** True for an `AppError` (of any copy of this package), and of that `code` when one is given. */
export function isAppError(error: unknown, code?: string): error is AppError {
  if (!(error instanceof Error) || error.name !== 'AppError') return false;
  return code === undefined || (error as AppError).code === code;
}

/** The code of anything thrown, for logs; `unexpected` where it has none. */
export function codeOf(error: unknown): string {
  return isAppError(error) ? error.code : 'unexpected';
}

/** The shortest honest description of anything thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fill(template: string, data: ErrorData = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => (data[key] === undefined ? whole : String(data[key])));
}
