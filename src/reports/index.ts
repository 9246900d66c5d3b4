export type { Artifact, ImageFacts, Render, RenderOptions, Report, ReportFormat } from './report.ts';
