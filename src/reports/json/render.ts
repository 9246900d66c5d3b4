import { streamJson } from '../../kit/json-stream.ts';
import type { RenderPieces } from '../report.ts';
import { toTrivyDocument } from '../trivy-document.ts';

/** The report as JSON with an indent of two, field names and order as in Trivy's schema 2. */
export const renderJson: RenderPieces = (report, options) => streamJson(toTrivyDocument(report, options));
