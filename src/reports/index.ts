export { formatOption, listPackagesOption, outputOption, reportOptions, specVersionOption } from './options.ts';
export type { Artifact, ImageFacts, RenderOptions, Report } from './report.ts';
