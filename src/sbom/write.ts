import { sbomError } from './errors.ts';
import type { Bom } from './model.ts';
import { sbomFormats } from './registry.ts';

/** Writes an SBOM; the version of the standard is the format's usual one where it is undefined. @throws SBOM_VERSION_NOT_WRITTEN */
export type WriteBom = (bom: Bom, version: string | undefined) => string;

/** @throws SBOM_UNKNOWN_FORMAT for a name that no format has */
export async function loadSbomWriter(id: string): Promise<WriteBom> {
  const format = sbomFormats.get(id);
  if (format === undefined) throw sbomError('SBOM_UNKNOWN_FORMAT');
  const { standard, writes } = format;
  const { encode } = await format.load();
  return (bom, version) => {
    const chosen = version === 'latest' ? writes.at(-1) : (version ?? writes[0]);
    if (chosen !== undefined && writes.includes(chosen)) return encode(bom, chosen);
    throw sbomError('SBOM_VERSION_NOT_WRITTEN', {
      data: { standard, version: chosen ?? '', versions: writes.join(', ') },
    });
  };
}
