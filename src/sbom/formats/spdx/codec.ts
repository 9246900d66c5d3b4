import type { SbomCodec } from '../../format.ts';
import { readDocument } from '../../spdx2/read.ts';
import { validateDocument } from '../../spdx2/validate.ts';
import { writeDocument } from '../../spdx2/write.ts';
import { parseTagValue } from './parse.ts';
import { formatTagValue } from './print.ts';

/** SPDX 2 as lines of tags and values (spdx.github.io/spdx-spec/v2.3). */
export const codec: SbomCodec = {
  encode: (bom) => formatTagValue(writeDocument(bom)),
  decode: ({ text }) => readDocument(parseTagValue(text)),
  validate: ({ text }) => validateDocument(parseTagValue(text)),
};
