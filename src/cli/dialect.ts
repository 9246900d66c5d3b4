/** Under which program's name Plimsoll was called, and so whose habits it keeps. */
export interface Dialect {
  readonly id: DialectId;
  /** As the user typed it, for help and hints. */
  readonly command: string;
}

/** Names with a dialect of their own. */
export const dialectIds = ['plimsoll', 'trivy', 'cosign', 'crane'] as const;

export type DialectId = (typeof dialectIds)[number];

/** The dialect of the name the program was called by, or of a first word that is such a name. */
export function chooseDialect(
  programName: string,
  args: readonly string[],
): { readonly dialect: Dialect; readonly args: readonly string[] } {
  const called = dialectIds.find((id) => id === programName && id !== 'plimsoll');
  if (called !== undefined) return { dialect: { id: called, command: called }, args };
  const [first, ...rest] = args;
  const named = dialectIds.find((id) => id === first && id !== 'plimsoll');
  if (named !== undefined) return { dialect: { id: named, command: `plimsoll ${named}` }, args: rest };
  return { dialect: { id: 'plimsoll', command: 'plimsoll' }, args };
}
