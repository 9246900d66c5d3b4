import type { Narrowing } from '../fragment.ts';
import type { PageData, PageFinding } from '../page-data.ts';

/** Names of severities by their number. */
export const severityNames = ['unknown', 'low', 'medium', 'high', 'critical'] as const;

/** The findings that are left, in the order of the page, and how many of each severity there would be without that filter. */
export interface Selection {
  readonly findings: readonly PageFinding[];
  readonly counts: readonly number[];
}

type Test = (finding: PageFinding, index: number) => boolean;

/** Answers which findings a narrowing leaves. Texts to search are made when the first search asks for them. */
export function makeFilter(data: PageData): (narrowing: Narrowing) => Selection {
  let texts: readonly string[] | undefined;
  const makeTexts = (): readonly string[] => {
    texts ??= data.findings.map((finding) => searchTextOf(finding, data));
    return texts;
  };
  return (narrowing) => {
    const tests = testsOf(narrowing, data, makeTexts);
    const wanted = (narrowing.severity ?? '').split(',').filter((name) => name !== '');
    const counts = severityNames.map(() => 0);
    const findings = data.findings.filter((finding, index) => {
      if (!tests.every((test) => test(finding, index))) return false;
      counts[finding.severity] = (counts[finding.severity] ?? 0) + 1;
      return wanted.length === 0 || wanted.includes(severityNames[finding.severity] ?? '');
    });
    return { findings, counts };
  };
}

/** One test for each part that narrows, severity aside, the cheapest first. */
function testsOf(narrowing: Narrowing, data: PageData, makeTexts: () => readonly string[]): readonly Test[] {
  const { q, fix, class: wantedClass, target, package: name, layer, ignored } = narrowing;
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const texts = words.length > 0 ? makeTexts() : [];
  const packageOf = ({ package: index }: PageFinding): PageData['packages'][number] | undefined => data.packages[index];
  const tests: readonly (Test | false)[] = [
    ignored !== 'yes' && ((finding) => finding.ignored === undefined),
    fix === 'fixable' && ((finding) => finding.fixed !== undefined),
    fix === 'unfixed' && ((finding) => finding.fixed === undefined),
    wantedClass !== undefined && ((finding) => data.targets[packageOf(finding)?.target ?? -1]?.class === wantedClass),
    target !== undefined && ((finding) => data.targets[packageOf(finding)?.target ?? -1]?.name === target),
    name !== undefined && ((finding) => packageOf(finding)?.name === name || packageOf(finding)?.source === name),
    layer !== undefined && ((finding) => isInLayer(packageOf(finding)?.layer, layer, data)),
    words.length > 0 && ((_, index) => words.every((word) => texts[index]?.includes(word) === true)),
  ];
  return tests.filter((test) => test !== false);
}

function isInLayer(index: number | undefined, wanted: string, { layers }: PageData): boolean {
  if (index === undefined) return false;
  if (wanted === 'base') return layers[index]?.isBase === true;
  if (wanted === 'app') return layers[index]?.isBase !== true;
  return String(index + 1) === wanted;
}

function searchTextOf(finding: PageFinding, { packages, vulnerabilities, targets }: PageData): string {
  const pkg = packages[finding.package];
  const vulnerability = vulnerabilities[finding.vulnerability];
  return [
    vulnerability?.id,
    vulnerability?.title,
    pkg?.name,
    pkg?.source,
    pkg?.version,
    finding.fixed,
    finding.status,
    pkg?.place,
    targets[pkg?.target ?? -1]?.name,
  ]
    .join('\n')
    .toLowerCase();
}
