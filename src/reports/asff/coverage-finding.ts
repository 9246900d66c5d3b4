import type { Report } from '../report.ts';
import { countOf, describeNote, describeVerdict, openNotes } from '../verdict-words.ts';
import type { Frame } from './frame.ts';

const maxNotes = 20;

/**
 * What could not be judged, as a finding of its own. It is there in every report, archived when everything was judged, so
 * that the next whole scan ends the one of an incomplete scan.
 */
export function toCoverageFinding(report: Report, frame: Frame): Record<string, unknown> {
  const open = openNotes(report);
  const target = report.artifact.name;
  const { word, reasons } = describeVerdict(report.verdict);
  const isWhole = open.length === 0;
  return frame({
    id: `${target}/coverage`,
    generator: 'coverage',
    type: 'Software and Configuration Checks',
    label: isWhole ? 'INFORMATIONAL' : 'MEDIUM',
    title: isWhole
      ? `Everything in ${target} could be judged`
      : `${countOf(open.length, 'thing')} in ${target} could not be judged`,
    description: open.slice(0, maxNotes).map(describeNote).join('\n'),
    target,
    other: { Verdict: `${word}: ${reasons}` },
    state: isWhole ? 'ARCHIVED' : 'ACTIVE',
  });
}
