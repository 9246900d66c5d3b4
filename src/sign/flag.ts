import type { BooleanOption, ListOption, PathOption, TextOption, WithDefault } from '../core/index.ts';

/** A flag of cosign's commands that sign; each can be given as a variable COSIGN_… too. */
export interface Flag {
  readonly flag: string;
  readonly description: string;
  readonly short?: string;
  readonly placeholder?: string;
  readonly aliases?: TextOption['aliases'];
}

function named({ flag, description, short, placeholder, aliases = [] }: Flag) {
  return {
    flag,
    key: `sign.${flag}`,
    local: true,
    environment: [`COSIGN_${flag.replaceAll('-', '_').toUpperCase()}`],
    description,
    aliases,
    trust: 'trusted',
    ...(short !== undefined && { short }),
    ...(placeholder !== undefined && { placeholder }),
  } as const;
}

export const text = (flag: Flag): TextOption => ({ kind: 'text', ...named(flag) });
export const choice = <T extends string>(flag: Flag, ...allowed: readonly T[]): TextOption<T> => ({
  kind: 'text',
  ...named(flag),
  allowed,
});
export const list = (flag: Flag): ListOption => ({ kind: 'list', ...named(flag) });
export const path = (flag: Flag): PathOption => ({ kind: 'path', ...named({ placeholder: 'FILE', ...flag }) });
export const toggle = (flag: Flag): BooleanOption => ({ kind: 'boolean', ...named(flag) });
export const toggleOn = (flag: Flag): WithDefault<BooleanOption> => ({
  kind: 'boolean',
  ...named(flag),
  default: true,
});
