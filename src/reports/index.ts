export { formatOption, listPackagesOption, outputOption, reportOptions } from './options.ts';
export type { Artifact, ImageFacts, Render, RenderOptions, Report, ReportFormat } from './report.ts';
