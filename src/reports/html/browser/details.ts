import type { PageData, PageFinding, PagePackage, PageVulnerability } from '../page-data.ts';
import { element } from './dom.ts';

type Fact = readonly [label: string, value: Node | string | undefined];

/** Everything that is known of one finding: what it is, why it holds, and how it came here. */
export function drawDetails(finding: PageFinding, data: PageData): HTMLElement {
  const pkg = data.packages[finding.package];
  const vulnerability = data.vulnerabilities[finding.vulnerability];
  const facts: readonly Fact[] = [
    ...factsOfFinding(finding, vulnerability),
    ...factsOfPackage(pkg, data),
    ['References', drawReferences(finding, vulnerability)],
  ];
  return element(
    'div',
    {},
    vulnerability?.description === undefined
      ? undefined
      : element('p', { class: 'description' }, vulnerability.description),
    element(
      'dl',
      {},
      ...facts.flatMap(([label, value]) => (value ? [element('dt', {}, label), element('dd', {}, value)] : [])),
    ),
  );
}

function factsOfFinding(finding: PageFinding, vulnerability: PageVulnerability | undefined): readonly Fact[] {
  return [
    ['Ignored', finding.ignored],
    ['Status', finding.status],
    ['Severity by', finding.severitySource],
    ['Scores', finding.scores?.join('; ')],
    ['Weakness', vulnerability?.cwes?.join(', ')],
    ['Published', vulnerability?.published],
    ['Why it holds', finding.proof],
    ['Told by', finding.source],
  ];
}

function factsOfPackage(pkg: PagePackage | undefined, { targets, layers }: PageData): readonly Fact[] {
  if (pkg === undefined) return [];
  const layer = pkg.layer === undefined ? undefined : layers[pkg.layer];
  return [
    ['Target', targets[pkg.target]?.name],
    ['Built from', pkg.source],
    ['Place', pkg.place],
    ['Needed by', pkg.paths === undefined ? undefined : drawPaths(pkg.paths)],
    ['Layer', layer && [layer.name, layer.isBase && '(base image)', layer.command].filter(Boolean).join(' ')],
    ['Package URL', pkg.purl && element('span', { class: 'mono wrap' }, pkg.purl)],
    ['Licences', pkg.licenses?.join(', ')],
  ];
}

function drawPaths(paths: NonNullable<PagePackage['paths']>): HTMLElement {
  return element('ul', { class: 'paths' }, ...paths.map((path) => element('li', { class: 'mono' }, path.join(' → '))));
}

function drawReferences({ url }: PageFinding, vulnerability: PageVulnerability | undefined): HTMLElement | undefined {
  const addresses = [...new Set([...(url === undefined ? [] : [url]), ...(vulnerability?.references ?? [])])];
  if (addresses.length === 0) return undefined;
  return element(
    'ul',
    {},
    ...addresses.map((href) =>
      element('li', {}, element('a', { href, rel: 'noopener noreferrer', target: '_blank', class: 'wrap' }, href)),
    ),
  );
}
