import type { ScannerName } from '../assess/index.ts';
import { type CoverageNote, type ErrorData, type Severity, severities } from '../core/index.ts';
import type { SavedReport } from '../reports/index.ts';
import type { Rendering } from './render-report.ts';
import { scannerTitles } from './scan-options.ts';

/** What somebody wants to see of a saved report. */
export interface WantedOfReport {
  /** Those it was made with unless given. */
  readonly scanners?: readonly ScannerName[];
  readonly severities?: readonly Severity[];
}

type Dialect = Rendering['options']['dialect'];

/** What is wanted of a saved report and not in it: what a scan left out cannot be put in again. */
export function findGaps(saved: SavedReport, wanted: WantedOfReport, dialect: Dialect): CoverageNote[] {
  return [
    ...(saved.isOwn ? ownGaps(saved, wanted) : foreignGaps(dialect)),
    ...unreadGaps(saved, wanted),
    ...(saved.damaged === 0
      ? []
      : [gap(`Entries of the report are not what they should be (${saved.damaged})`, { count: saved.damaged })]),
  ];
}

/** What a format needs of packages: an SBOM without them is none; a tree of dependencies is only shorter. */
export function findPackageGaps(
  { listsPackages }: SavedReport,
  { format: { inventoryOnly }, options: { table } }: Rendering,
): CoverageNote[] {
  if (listsPackages) return [];
  const note = gap('The report lists only packages with findings (it was made with --list-all-pkgs=false)');
  if (inventoryOnly) return [note];
  return table?.dependencyTree || table?.packages ? [{ ...note, effect: 'note' }] : [];
}

/** The scanners that a summary shows: never one that is known not to have run; under Trivy's name those asked for alone. */
export function shownScanners(
  { report, isOwn }: SavedReport,
  { scanners }: WantedOfReport,
  dialect: Dialect,
): readonly string[] {
  if (scanners === undefined) return dialect === 'trivy' ? [] : report.scanners;
  return isOwn ? scanners.filter((name) => report.scanners.includes(name)) : scanners;
}

function ownGaps({ report }: SavedReport, { scanners = [], severities: asked = [] }: WantedOfReport): CoverageNote[] {
  const absent = scanners.filter((name) => !report.scanners.includes(name));
  const other = severities.filter((name) => asked.includes(name) && !report.severities.includes(name));
  return [
    ...absent.map((scanner) =>
      gap(`The report was made without looking for ${scannerTitles[scanner]} (${scanner})`, { scanner }),
    ),
    ...(other.length === 0
      ? []
      : [gap(`The report was made for other severities, so it tells nothing of ${other.join(', ')}`)]),
  ];
}

/** Who trusts Trivy to tell is asked to trust it under its name only. */
function foreignGaps(dialect: Dialect): CoverageNote[] {
  const message = 'The report does not tell what was looked for, what was left out and what could not be judged';
  return [{ ...gap(message), effect: dialect === 'trivy' ? 'note' : 'incomplete' }];
}

/** Of findings that nobody wants it is enough to know. */
function unreadGaps({ unread }: SavedReport, { scanners }: WantedOfReport): CoverageNote[] {
  return Object.entries(unread).map(([scanner, count]) => {
    const title = scannerTitles[scanner as ScannerName];
    const note = gap(`The report has ${title} (${count}), which this version cannot take over`, { scanner, count });
    const isWanted = scanners === undefined || scanners.includes(scanner as ScannerName);
    return isWanted ? note : { ...note, effect: 'note' };
  });
}

function gap(message: string, data?: ErrorData): CoverageNote {
  return { effect: 'incomplete', code: 'report-lacks', message, ...(data && { data }) };
}
