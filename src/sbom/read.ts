import { isAppError } from '../core/index.ts';
import { sbomError } from './errors.ts';
import type { SbomFormat } from './format.ts';
import { maxSbomSize } from './limits.ts';
import type { DecodedBom } from './model.ts';
import { sbomFormats } from './registry.ts';
import { toSbomText, type Unwrapped, unwrap } from './unwrap.ts';

/** Reads an SBOM of any known format, bare or in an attestation. @throws SBOM_* */
export async function readBom(bytes: Uint8Array): Promise<DecodedBom> {
  const { format, content, notes } = recogniseSbom(bytes);
  const { decode } = await format.load();
  const bom = decode(content);
  return { ...bom, notes: [...notes, ...bom.notes] };
}

/** True for a document of a format that is read, bare or in an attestation. */
export function isSbom(bytes: Uint8Array): boolean {
  try {
    recogniseSbom(bytes);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

/** Takes an SBOM out of what it came in and finds out its format. @throws SBOM_* */
export function recogniseSbom(bytes: Uint8Array): Unwrapped & { readonly format: SbomFormat } {
  if (bytes.length > maxSbomSize) {
    throw sbomError('SBOM_TOO_LARGE', { data: { what: 'bytes', limit: maxSbomSize } });
  }
  const unwrapped = unwrap(toSbomText(decodeText(bytes)));
  const format = sbomFormats.all.find(({ recognise }) => recognise(unwrapped.content));
  if (format === undefined) throw sbomError('SBOM_UNKNOWN_FORMAT');
  return { ...unwrapped, format };
}

/** UTF-8, with or without a byte order mark, as both standards demand. */
function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
