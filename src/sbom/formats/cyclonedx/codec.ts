import { toJsonText } from '../../../kit/json-text.ts';
import { readDocument } from '../../cyclonedx/read.ts';
import { validateDocument } from '../../cyclonedx/validate.ts';
import { writeDocument } from '../../cyclonedx/write.ts';
import type { SbomCodec } from '../../format.ts';

/** CycloneDX in JSON (cyclonedx.org/docs/1.7/json). */
export const codec: SbomCodec = {
  encode: (bom, version) => toJsonText(writeDocument(bom, version)),
  decode: ({ json = {} }) => readDocument(json),
  validate: ({ json = {} }) => validateDocument(json),
};
