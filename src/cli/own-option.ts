import type { OptionSpec } from '../core/index.ts';

type Common = Pick<OptionSpec, 'flag' | 'key' | 'local' | 'placeholder' | 'description' | 'trust'>;

/** What options have in common that are of one command alone and trusted: name, key, description. */
export function optionsOf(command: string): (flag: string, description: string, placeholder?: string) => Common {
  return (flag, description, placeholder) => ({
    flag,
    key: `${command}.${flag}`,
    local: true,
    ...(placeholder !== undefined && { placeholder }),
    description,
    trust: 'trusted',
  });
}
