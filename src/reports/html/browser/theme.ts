import { find } from './dom.ts';

const key = 'report-theme';

/** A button that turns dark and light, beginning with what the system asks for; the choice is kept where that is allowed. */
export function bindTheme(): void {
  const button = find('theme', HTMLButtonElement);
  if (button === undefined) return;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = (): boolean =>
    (document.documentElement.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const label = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Change to ${isDark() ? 'light' : 'dark'} colours`);
  };
  const kept = recall();
  if (kept === 'dark' || kept === 'light') document.documentElement.dataset['theme'] = kept;
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    keep(next);
    label();
  });
  system.addEventListener('change', label);
  label();
  button.hidden = false;
}

function recall(): string | undefined {
  return attempt(() => localStorage.getItem(key) ?? undefined);
}

function keep(theme: string): void {
  attempt(() => localStorage.setItem(key, theme));
}

/** A page that is framed or opened from a file may be refused a memory. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
