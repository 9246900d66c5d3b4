import type { Narrowing } from '../fragment.ts';
import type { PageData, PageFinding } from '../page-data.ts';
import { readAddress, writeAddress } from './address.ts';
import { readControls, writeControls, writeCounts } from './controls.ts';
import { element, find } from './dom.ts';
import { makeFilter } from './filter.ts';
import { bindHeads, writeHeads } from './heads.ts';
import { makeList } from './list.ts';
import { drawFinding } from './rows.ts';
import { formatSorting, parseSorting, sortFindings } from './sort.ts';

/** Rows of a long list that are printed; the page says how many there are. */
const maxPrinted = 2000;
/** Milliseconds after a key until the list follows. */
const typingPause = 80;
const maxSuggestions = 2000;

interface Parts {
  readonly form: HTMLFormElement;
  readonly table: HTMLTableElement;
  readonly body: HTMLTableSectionElement;
  readonly shown: HTMLElement;
  readonly none: HTMLElement;
  readonly more: HTMLElement;
}

/** Brings the list of findings to life; nothing where the page has none. */
export function startExplorer(data: PageData): void {
  const parts = findParts();
  if (parts === undefined) return;
  const { form, table, shown, none } = parts;
  const filter = makeFilter(data);
  const list = makeList(parts.body, parts.more, (finding: PageFinding) => drawFinding(finding, data));
  const total = data.findings.filter(({ ignored }) => ignored === undefined).length;
  let narrowing: Narrowing = {};
  const apply = (next: Narrowing): void => {
    narrowing = next;
    const sorting = parseSorting(next.sort);
    const { findings, counts } = filter(next);
    list.show(sortFindings(findings, sorting, data));
    writeCounts(form, counts);
    writeHeads(table, sorting);
    shown.textContent = describeShown(findings.length, total);
    table.hidden = findings.length === 0;
    none.hidden = findings.length > 0;
  };
  const change = (next: Narrowing): void => {
    apply(next);
    writeAddress(next);
  };
  bindForm(form, () => change({ ...readControls(form), ...(narrowing.sort && { sort: narrowing.sort }) }));
  find('clear', HTMLButtonElement)?.addEventListener('click', () => form.reset());
  bindHeads(
    table,
    () => parseSorting(narrowing.sort),
    (sorting) => {
      const { sort: _, ...rest } = narrowing;
      const sort = formatSorting(sorting);
      change({ ...rest, ...(sort !== undefined && { sort }) });
    },
  );
  const follow = (): boolean => {
    const next = readAddress();
    if (next === undefined) return false;
    writeControls(form, next);
    apply(next);
    return true;
  };
  addEventListener('hashchange', () => follow() && find('findings', HTMLElement)?.focus());
  addEventListener('beforeprint', () => list.drawUpTo(maxPrinted));
  suggestPackages(data);
  form.hidden = false;
  if (!follow()) apply({});
}

function findParts(): Parts | undefined {
  const form = find('filters', HTMLFormElement);
  const table = find('table', HTMLTableElement);
  const body = find('rows', HTMLTableSectionElement);
  const shown = find('shown', HTMLElement);
  const none = find('none', HTMLElement);
  const more = find('more', HTMLElement);
  return form && table && body && shown && none && more && { form, table, body, shown, none, more };
}

function bindForm(form: HTMLFormElement, change: () => void): void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(change, typingPause);
  });
  // The controls are cleared after the event.
  form.addEventListener('reset', () => setTimeout(change));
  form.addEventListener('submit', (event) => event.preventDefault());
}

function suggestPackages({ packages }: PageData): void {
  const names = [...new Set(packages.flatMap(({ name, source }) => (source === undefined ? [name] : [name, source])))];
  const options = names.sort().slice(0, maxSuggestions);
  find('packages', HTMLDataListElement)?.append(...options.map((value) => element('option', { value })));
}

function describeShown(amount: number, total: number): string {
  const all = total.toLocaleString('en');
  const note = amount > maxPrinted ? ` A print has the first ${maxPrinted.toLocaleString('en')}.` : '';
  if (amount === total) return total === 1 ? 'One finding.' : `All ${all} findings.${note}`;
  return `${amount.toLocaleString('en')} of ${all} findings.${note}`;
}
