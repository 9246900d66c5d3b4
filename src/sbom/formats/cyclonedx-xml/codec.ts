import { readDocument } from '../../cyclonedx/read.ts';
import { validateDocument } from '../../cyclonedx/validate.ts';
import { writeDocument } from '../../cyclonedx/write.ts';
import type { SbomCodec } from '../../format.ts';
import { toDocument } from './parse.ts';
import { formatXml } from './print.ts';
import { parseXml } from './tree.ts';

/** CycloneDX in XML (cyclonedx.org/docs/1.7/xml), by way of the fields that its JSON form has. */
export const codec: SbomCodec = {
  encode: (bom, version) => formatXml(writeDocument(bom, version)),
  decode: ({ text }) => readDocument(toDocument(parseXml(text))),
  validate: ({ text }) => validateDocument(toDocument(parseXml(text))),
};
