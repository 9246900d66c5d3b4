import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const codecErrors = {
  CODEC_TRUNCATED: {
    message: 'The {format} data ends at byte {size}, before what it announces at byte {wanted}',
    hint: 'The file is damaged or was not copied whole; get it again from where it came.',
  },
  CODEC_TAR_INVALID: {
    message: 'The tar archive is not valid at byte {offset}: {reason}',
    hint: 'The archive is damaged or not a tar archive; pull or save the image again.',
  },
  CODEC_COMPRESSION_INVALID: {
    message: 'The {format} data cannot be unpacked: {reason}',
    hint: 'The data is damaged or was not copied whole; get it again from where it came.',
  },
  CODEC_BOLT_INVALID: {
    message: 'The bbolt database is damaged at page {page}: {reason}',
    hint: 'Download the database again with `plimsoll db update`.',
  },
  CODEC_ZIP_ABSENT: {
    message: 'The data holds no zip archive',
    hint: 'Its name promises one; check how the file was made.',
  },
  CODEC_ZIP_INVALID: {
    message: 'The zip archive is damaged: {reason}',
    hint: 'The file is damaged or was not copied whole; get it again from where it came.',
  },
  CODEC_ZIP_ENCRYPTED: {
    message: 'The zip entry {name} is encrypted',
    hint: 'What it holds cannot be told without the password; unpack it beforehand.',
  },
  CODEC_ZIP_METHOD: {
    message: 'The zip entry {name} is packed by method {method}, which is not read',
    hint: 'Java reads stored and deflated entries only; pack the archive again with one of these.',
  },
  CODEC_GO_INVALID: {
    message: 'The build information of the Go program is damaged: {reason}',
    hint: 'What the program was built from cannot be told; build it again or get it again from where it came.',
  },
  CODEC_DEB822_INVALID: {
    message: 'The control file is not valid at line {line}: {reason}',
    hint: 'The file is damaged or no Debian control file; rebuild the image.',
  },
  CODEC_SQLITE_INVALID: {
    message: 'The SQLite database is damaged at page {page}: {reason}',
    hint: 'The file is damaged or was not copied whole; get it again from where it came.',
  },
  CODEC_BERKELEY_INVALID: {
    message: 'The Berkeley DB database is damaged at page {page}: {reason}',
    hint: 'The file is damaged or was not copied whole; get it again from where it came.',
  },
  CODEC_NDB_INVALID: {
    message: 'The ndb package database is damaged: {reason}',
    hint: 'The file is damaged or was not copied whole; get it again from where it came.',
  },
  CODEC_RPM_INVALID: {
    message: 'The rpm header is not valid: {reason}',
    hint: 'The package database or archive is damaged; rebuild the image.',
  },
  CODEC_TEMPLATE_INVALID: {
    message: 'The template {name} is not valid at line {line}, column {column}: {reason}',
    hint: "Templates are written in the language of Go's text/template; correct it at that place.",
  },
  CODEC_TEMPLATE_FAILED: {
    message: 'The template {name} fails at line {line}, column {column}: {reason}',
    hint: 'The template does not fit the data; correct it at that place.',
  },
  CODEC_TEMPLATE_CALL: {
    message: 'A function of a template does not accept its arguments: {reason}',
    hint: 'Correct the template where the function is called.',
  },
  CODEC_ASN1_INVALID: {
    message: 'The DER encoding is not valid: {reason}',
    hint: 'The certificate, key or timestamp is damaged or in another form; get it again from where it came.',
  },
  CODEC_LIMIT: {
    message: 'The {format} data is over a limit: {limit}',
    hint: 'Raise the limit if you trust the source of this data; limits keep hostile files from exhausting the machine.',
  },
} as const;

export function codecError(code: keyof typeof codecErrors, details?: ErrorDetails): AppError {
  return makeError(codecErrors, code, details);
}
