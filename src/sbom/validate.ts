import type { Problem } from './problems.ts';
import { recogniseSbom } from './read.ts';

/** What was found out about a document. */
export interface SbomValidation {
  /** For example `CycloneDX 1.6`. */
  readonly standard: string;
  /** The format's title, for example `CycloneDX JSON`. */
  readonly format: string;
  readonly problems: readonly Problem[];
}

/** Checks a document against its standard. @throws SBOM_* for one that cannot be read at all */
export async function validateSbom(bytes: Uint8Array): Promise<SbomValidation> {
  const { format, content } = recogniseSbom(bytes);
  const { decode, validate } = await format.load();
  const { standard } = decode(content);
  return { standard, format: format.title, problems: validate(content) };
}
