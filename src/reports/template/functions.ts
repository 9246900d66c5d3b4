import { escapeHtml, exactly, type FunctionMap, type TemplateFunction } from '../../codecs/go-template/index.ts';
import { escapeXml } from '../../kit/xml-text.ts';

/** The functions that Trivy adds to those of sprig. */
export function trivyFunctions(programVersion: string): FunctionMap {
  return new Map<string, TemplateFunction>([
    ['escapeXML', exactly(1, (args) => escapeXml(args.text(0)))],
    ['escapeString', exactly(1, (args) => escapeHtml(args.text(0)))],
    ['endWithPeriod', exactly(1, (args) => args.text(0).replace(/(?<!\.)$/, '.'))],
    ['sourceID', exactly(1, (args) => args.text(0))],
    ['appVersion', exactly(0, () => programVersion)],
  ]);
}
