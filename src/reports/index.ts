export {
  formatOption,
  listPackagesOption,
  outputOption,
  reportOptions,
  sbomAuthorOption,
  specVersionOption,
} from './options.ts';
export type { Artifact, ImageFacts, Render, RenderOptions, RenderPieces, Report, ReportFormat } from './report.ts';
