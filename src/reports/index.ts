export {
  dependencyTreeOption,
  formatOption,
  listPackagesOption,
  outputOption,
  reportOption,
  reportOptions,
  sarifCategoryOption,
  sbomAuthorOption,
  showSuppressedOption,
  specVersionOption,
  tableModeOption,
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
