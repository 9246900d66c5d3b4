export {
  formatOption,
  listPackagesOption,
  outputOption,
  reportOptions,
  sbomAuthorOption,
  specVersionOption,
  templateOption,
} from './options.ts';
export type { Artifact, ImageFacts, Render, RenderOptions, RenderPieces, Report, ReportFormat } from './report.ts';
