import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const sbomErrors = {
  SBOM_UNKNOWN_FORMAT: {
    message: 'This is no SBOM of a known format',
    hint: 'CycloneDX (JSON, XML), SPDX 2 (JSON, tag-value) and attestations of these can be read.',
  },
  SBOM_UNSUPPORTED_VERSION: {
    message: '{standard} {version} cannot be read',
    hint: 'CycloneDX 1.2 to 1.7, SPDX 2.2 and SPDX 2.3 can be read; convert the document, or update Plimsoll.',
  },
  SBOM_INVALID: {
    message: 'The {format} document is damaged: {reason}',
    hint: 'Get the document again from where it was made; "plimsoll sbom validate" lists what is wrong with one that can be read.',
  },
  SBOM_TOO_LARGE: {
    message: 'The SBOM has more {what} than the {limit} that are read',
    hint: 'No real SBOM is that large; the document is not what it seems, or should be split.',
  },
  SBOM_VERSION_NOT_WRITTEN: {
    message: '{standard} {version} is not written',
    hint: 'Choose one of {versions}, or leave the version out.',
  },
} as const;

export function sbomError(code: keyof typeof sbomErrors, details?: ErrorDetails): AppError {
  return makeError(sbomErrors, code, details);
}

/** The error of a document that cannot be what it says it is. */
export function damaged(format: string, reason: string, cause?: unknown): AppError {
  return sbomError('SBOM_INVALID', { data: { format, reason }, ...(cause !== undefined && { cause }) });
}
