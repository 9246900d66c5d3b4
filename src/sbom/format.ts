import type { Registered } from '../kit/registry.ts';
import type { Json } from './json.ts';
import type { Bom, DecodedBom } from './model.ts';
import type { Problem } from './problems.ts';

/** A way to write down an SBOM. */
export interface SbomFormat extends Registered {
  readonly title: string;
  readonly standard: 'CycloneDX' | 'SPDX';
  /** IANA media type, under which registries keep such documents. */
  readonly mediaType: string;
  /** Versions of the standard that are written; the first unless another is asked for. */
  readonly writes: readonly string[];
  /** Versions that are read. */
  readonly reads: readonly string[];
  readonly recognise: (text: SbomText) => boolean;
  readonly load: () => Promise<SbomCodec>;
}

export interface SbomCodec {
  /** Text with a line break at its end; the same for the same content. */
  readonly encode: (bom: Bom, version: string) => string;
  /** @throws SBOM_INVALID, SBOM_TOO_LARGE, SBOM_UNSUPPORTED_VERSION */
  readonly decode: (text: SbomText) => DecodedBom;
  /** What is wrong with a document that can be decoded. */
  readonly validate: (text: SbomText) => readonly Problem[];
}

/** A document that was not yet understood. */
export interface SbomText {
  readonly text: string;
  /** What the text is as JSON, where it is a JSON object. */
  readonly json?: Json;
}
