import type { Narrowing } from '../fragment.ts';
import { severityNames } from './filter.ts';

const textFields = ['q', 'fix', 'class', 'target', 'package', 'layer'] as const;

/** What the controls say; sorting is kept elsewhere. */
export function readControls(form: HTMLFormElement): Narrowing {
  const values = new FormData(form);
  const severity = values.getAll('severity').map(String).join(',');
  const texts = textFields.map((name) => [name, String(values.get(name) ?? '')] as const);
  return {
    ...Object.fromEntries(texts.filter(([, value]) => value !== '')),
    ...(severity !== '' && { severity }),
    ...(values.has('ignored') && { ignored: 'yes' }),
  };
}

/** Makes the controls say what an address says; a choice that they do not have is none. */
export function writeControls(form: HTMLFormElement, narrowing: Narrowing): void {
  const severities = (narrowing.severity ?? '').split(',');
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && control.type === 'checkbox') {
      control.checked = control.name === 'ignored' ? narrowing.ignored === 'yes' : severities.includes(control.value);
    } else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      control.value = narrowing[control.name as (typeof textFields)[number]] ?? '';
    }
  }
}

/** How many findings each severity would add. */
export function writeCounts(form: HTMLFormElement, counts: readonly number[]): void {
  for (const [index, name] of severityNames.entries()) {
    const place = form.querySelector(`[data-count="${name}"]`);
    if (place !== null) place.textContent = (counts[index] ?? 0).toLocaleString('en');
  }
}
