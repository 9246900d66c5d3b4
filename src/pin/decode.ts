import { pinError } from './errors.ts';

/** The text, with its byte order mark; the bytes come back from it only when all of them are UTF-8. @throws PIN_FILE_INVALID */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw pinError('PIN_FILE_INVALID', { data: { reason: 'it is not UTF-8' }, cause });
  }
}
