export { formatOption, listPackagesOption, outputOption, reportOptions } from './options.ts';
export type { Artifact, ImageFacts, RenderOptions, Report } from './report.ts';
