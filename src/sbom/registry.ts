import { makeRegistry, type Registry } from '../kit/registry.ts';
import type { SbomFormat } from './format.ts';
import { cyclonedxJson } from './formats/cyclonedx/index.ts';
import { cyclonedxXml } from './formats/cyclonedx-xml/index.ts';
import { spdxTagValue } from './formats/spdx/index.ts';
import { spdxJson } from './formats/spdx-json/index.ts';

/** Every format of SBOMs. */
export const sbomFormats: Registry<SbomFormat> = makeRegistry([cyclonedxJson, cyclonedxXml, spdxJson, spdxTagValue]);
