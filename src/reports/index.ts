export {
  formatOption,
  listPackagesOption,
  outputOption,
  reportOptions,
  sbomAuthorOption,
  specVersionOption,
  templateOption,
} from './options.ts';
export { maxSavedReportSize, readSavedReport } from './read.ts';
export type {
  Artifact,
  ImageFacts,
  Render,
  RenderOptions,
  RenderPieces,
  Report,
  ReportFormat,
  SavedReport,
} from './report.ts';
