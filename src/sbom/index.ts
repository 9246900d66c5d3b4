export type { BomContents, BomSubject } from './compose/contents.ts';
export type { BomChange, BomDifference, BomEntry } from './diff.ts';
export { maxSbomSize } from './limits.ts';
export { loadSboms } from './load.ts';
export type { Bom, DecodedBom } from './model.ts';
export { differenceCodeOption, failUnderOption, mergedNameOption, sbomFormatOption } from './options.ts';
export type { BomScore } from './score.ts';
export type { SbomValidation } from './validate.ts';
