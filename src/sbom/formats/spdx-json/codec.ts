import { toJsonText } from '../../../kit/json-text.ts';
import type { SbomCodec } from '../../format.ts';
import { readDocument } from '../../spdx2/read.ts';
import { validateDocument } from '../../spdx2/validate.ts';
import { writeDocument } from '../../spdx2/write.ts';

/** SPDX 2 in JSON (spdx.github.io/spdx-spec/v2.3). */
export const codec: SbomCodec = {
  encode: (bom) => toJsonText(writeDocument(bom)),
  decode: ({ json = {} }) => readDocument(json),
  validate: ({ json = {} }) => validateDocument(json),
};
