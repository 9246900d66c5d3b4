import { loadSprig, parseTemplate } from '../../codecs/go-template/index.ts';
import { reportError } from '../errors.ts';
import type { RenderPieces } from '../report.ts';
import { trivyFunctions } from './functions.ts';
import { viewOfResult } from './result.ts';

/** A renderer for the template of the options, which is run over the list of results. @throws REPORTS_TEMPLATE_MISSING */
export async function loadTemplateRenderer(): Promise<RenderPieces> {
  const sprig = await loadSprig();
  return (report, { template, listPackages, programVersion }) => {
    if (template === undefined) throw reportError('REPORTS_TEMPLATE_MISSING');
    const functions = new Map([
      ...sprig({ now: report.createdAt, environment: template.environment }),
      ...trivyFunctions(programVersion),
    ]);
    const results = report.results.filter(({ findings, packages }) => findings.length + packages.length > 0);
    const pieces: string[] = [];
    parseTemplate(template.text, { name: template.name, functions }).execute(
      results.map((result) => viewOfResult(result, report, listPackages)),
      (piece) => pieces.push(piece),
    );
    return pieces;
  };
}
