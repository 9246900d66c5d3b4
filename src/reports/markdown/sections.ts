import type { CoverageNote } from '../../core/index.ts';
import { describeData } from '../data-age.ts';
import type { PlacedFinding } from '../ranking.ts';
import type { Report } from '../report.ts';
import { countOf, describeNote, describeRead, describeVerdict, openNotes } from '../verdict-words.ts';
import { worstFirst } from './severities.ts';
import { toMarkdown } from './text.ts';

const maxName = 300;
const maxNote = 200;
const maxNotes = 20;

/** The verdict, and of what. */
export function drawHead({ artifact, verdict, results }: Report): string {
  const { word, reasons } = describeVerdict(verdict);
  const suppressed = results.reduce((sum, result) => sum + (result.suppressed?.length ?? 0), 0);
  const facts = [
    `**${toMarkdown(artifact.name, maxName)}**`,
    verdict.gated ? 'a gate was asked for: this result decides' : 'no gate was asked for: this result stops nothing',
    ...(suppressed > 0 ? [`${countOf(suppressed, 'finding')} left out by decision`] : []),
  ];
  return `## ${word}: ${toMarkdown(reasons, maxName)}\n\n${facts.join(', ')}\n\n`;
}

/** What could not be judged, before anything that was. */
export function drawOpenNotes(report: Report): string {
  const notes = openNotes(report);
  if (notes.length === 0) return '';
  return `> [!WARNING]\n> ${countOf(notes.length, 'thing')} could not be judged: there may be more findings than are listed here.\n\n${drawNotes(notes)}\n`;
}

/** How many findings of each severity there are, and how many of them have a fix. */
export function drawCounts(ranked: readonly PlacedFinding[]): string {
  if (ranked.length === 0) return '';
  const groups = Map.groupBy(ranked, ({ finding }) => finding.severity);
  const rows = worstFirst.flatMap((severity) => {
    const group = groups.get(severity);
    if (group === undefined) return [];
    const fixable = group.filter(({ finding }) => finding.fixedVersion).length;
    return [`| ${severity} | ${group.length} | ${fixable} |\n`];
  });
  return `| Severity | Findings | With a fix |\n| --- | ---: | ---: |\n${rows.join('')}\n`;
}

/** What was read, what is to be noted, and the data that the result rests on, folded. */
export function drawCoverage({ coverage, data, createdAt }: Report): string {
  const noted = coverage.notes.filter(({ effect }) => effect === 'note');
  const lines = [
    `- Read: ${toMarkdown(describeRead(coverage), maxName)}\n`,
    ...describeData(data, createdAt).map((text) => `- Data: ${toMarkdown(text, maxName)}\n`),
  ];
  return `<details><summary>What was looked at</summary>\n\n${lines.slice(0, maxNotes).join('')}${drawNotes(noted)}\n</details>\n`;
}

function drawNotes(notes: readonly CoverageNote[]): string {
  const more = notes.length - maxNotes;
  return [
    ...notes.slice(0, maxNotes).map((note) => `- ${toMarkdown(describeNote(note), maxNote)}\n`),
    ...(more > 0 ? [`- and ${more} more\n`] : []),
  ].join('');
}
