import { makeRegistry, type Registry } from '../kit/registry.ts';
import { json } from './json/index.ts';
import type { ReportFormat } from './report.ts';

/** Every report format, by the name `--format` takes. */
export const reportFormats: Registry<ReportFormat> = makeRegistry([json]);
