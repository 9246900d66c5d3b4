import type { PageData, PageFinding } from '../page-data.ts';
import { drawDetails } from './details.ts';
import { element } from './dom.ts';
import { severityNames } from './filter.ts';

/** One finding as a row, which a second row with its details follows when it is opened. */
export function drawFinding(finding: PageFinding, data: PageData): HTMLTableRowElement {
  const vulnerability = data.vulnerabilities[finding.vulnerability];
  const severity = severityNames[finding.severity] ?? 'unknown';
  const button = element(
    'button',
    { type: 'button', class: 'open', 'aria-expanded': 'false' },
    vulnerability?.id ?? '',
  );
  const row = element(
    'tr',
    finding.ignored === undefined ? {} : { class: 'ignored' },
    element('td', {}, element('span', { class: `badge ${severity}` }, severity.toUpperCase())),
    element(
      'th',
      { scope: 'row' },
      button,
      element(
        'span',
        { class: 'title' },
        vulnerability?.title ?? '',
        finding.ignored === undefined ? '' : ' (ignored)',
      ),
    ),
    drawPackage(finding, data),
    drawPlace(finding, data),
  );
  button.addEventListener('click', () => toggle(row, button, () => drawDetails(finding, data)));
  return row;
}

/** Opens or closes the details below a row. */
function toggle(row: HTMLTableRowElement, button: HTMLButtonElement, draw: () => HTMLElement): void {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  if (isOpen) row.nextElementSibling?.remove();
  else row.after(element('tr', { class: 'details' }, element('td', { colspan: '4' }, draw())));
}

function drawPackage({ package: index, fixed, status }: PageFinding, { packages }: PageData): HTMLTableCellElement {
  const pkg = packages[index];
  const fix =
    fixed === undefined
      ? element('span', { class: 'nofix' }, status === 'affected' ? 'no fix yet' : status)
      : element('span', { class: 'fix mono' }, element('span', { class: 'hidden' }, 'fixed in '), fixed);
  return element(
    'td',
    {},
    element('span', { class: 'name' }, pkg?.name ?? ''),
    element('span', { class: 'versions' }, element('span', { class: 'mono' }, pkg?.version ?? ''), ' → ', fix),
  );
}

function drawPlace({ package: index }: PageFinding, { packages, targets, layers }: PageData): HTMLTableCellElement {
  const pkg = packages[index];
  const layer = pkg?.layer === undefined ? undefined : layers[pkg.layer];
  return element(
    'td',
    { class: 'where' },
    element('span', { class: 'place' }, pkg?.place ?? targets[pkg?.target ?? -1]?.label ?? ''),
    layer && element('span', { class: 'muted' }, `${layer.name}${layer.isBase ? ', base' : ''}`),
  );
}
