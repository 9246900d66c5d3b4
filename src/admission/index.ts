export { bundleOf, rotate, type ServingState } from './certificates/rotation.ts';
export { chartFiles } from './chart/data.ts';
export type { AdmissionRules } from './decide.ts';
export { admissionError } from './errors.ts';
export { FactCache } from './fact-cache.ts';
export { type AdmissionTls, serveReviews } from './serve.ts';
export { Tally } from './tally.ts';
