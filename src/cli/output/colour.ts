import type { Host, Output } from '../host.ts';

/** Whether to colour: only on a terminal, unless NO_COLOR (no-color.org) or FORCE_COLOR says otherwise. */
export function wantsColour(output: Output, environment: Host['environment']): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return output.isTerminal && environment['TERM'] !== 'dumb';
}

export type Colour = 'red' | 'yellow' | 'cyan' | 'dim';

const codes: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, cyan: 36, dim: 2 };

/** Wraps text in an ANSI colour (ECMA-48 8.3.117) when `enabled`. */
export function paint(text: string, colour: Colour, enabled: boolean): string {
  return enabled ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}
