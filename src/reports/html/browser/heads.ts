import { parseSorting, type Sorting, sortKeys } from './sort.ts';

/** Buttons of the table's head: pressing one sorts by its column, pressing it again turns the order. */
export function bindHeads(table: HTMLTableElement, current: () => Sorting, choose: (sorting: Sorting) => void): void {
  for (const button of table.querySelectorAll<HTMLButtonElement>('[data-sort]')) {
    button.addEventListener('click', () => {
      const { key } = parseSorting(button.dataset['sort']);
      const now = current();
      choose({ key, isReversed: now.key === key && !now.isReversed });
    });
  }
}

/** Tells which column is sorted (WAI-ARIA 1.2, aria-sort). The page begins with severities descending. */
export function writeHeads(table: HTMLTableElement, sorting: Sorting): void {
  for (const key of sortKeys) {
    const head = table.querySelector(`th.${key}`);
    if (key !== sorting.key) head?.removeAttribute('aria-sort');
    else head?.setAttribute('aria-sort', sorting.isReversed === (key === 'severity') ? 'ascending' : 'descending');
  }
}
