import type { Finding } from '../../core/index.ts';
import type { PlacedFinding } from '../ranking.ts';
import { countOf } from '../verdict-words.ts';
import { worstFirst } from './severities.ts';
import { toLink, toMarkdown } from './text.ts';

/** Characters of a cell. */
const maxCell = 120;
const maxPlace = 200;
/** Room for the line that says what is not shown. */
const maxRest = 300;

const head = `| Severity | Vulnerability | Package | Installed | Fixed in | Where |
| --- | --- | --- | --- | --- | --- |
`;

/** As many rows by rank as there is room for, and how many of which severity are not among them. */
export function drawFindings(ranked: readonly PlacedFinding[], room: number): string {
  if (ranked.length === 0) return '';
  const rows: string[] = [];
  let length = head.length + maxRest;
  for (const placed of ranked) {
    const row = drawRow(placed);
    length += row.length;
    if (length > room) break;
    rows.push(row);
  }
  const rest = ranked.slice(rows.length);
  return `${rows.length > 0 ? head : ''}${rows.join('')}\n${drawRest(rest, rows.length)}`;
}

function drawRow({ finding, result }: PlacedFinding): string {
  const { package: pkg, fixedVersion = '' } = finding;
  const cells = [
    finding.severity,
    toLink(toMarkdown(finding.id, maxCell), finding.primaryUrl),
    toMarkdown(pkg.name, maxCell),
    toMarkdown(finding.installedVersion, maxCell),
    toMarkdown(fixedVersion, maxCell),
    toMarkdown(pkg.filePath ?? (result.class === 'os-pkgs' ? result.type : result.target), maxPlace),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function drawRest(rest: readonly PlacedFinding[], shown: number): string {
  if (rest.length === 0) return '';
  const counts = countSeverities(rest.map(({ finding }) => finding));
  const amount = countOf(rest.length, shown === 0 ? 'finding' : 'more finding');
  return `**${amount} of lower rank not shown here** (${counts}): this text is as long as a comment may be. The formats json and html have all.\n\n`;
}

/** `2 CRITICAL, 9 HIGH`, the most severe first. */
function countSeverities(findings: readonly Finding[]): string {
  const counts = Map.groupBy(findings, ({ severity }) => severity);
  return worstFirst
    .flatMap((severity) => (counts.has(severity) ? [`${counts.get(severity)?.length} ${severity}`] : []))
    .join(', ');
}
