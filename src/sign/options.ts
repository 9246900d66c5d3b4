import type { BooleanOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';

/** Flags of cosign's commands that sign; each can be given as a variable COSIGN_… too. */
interface Flag {
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

export const privateKeyOption: TextOption = {
  kind: 'text',
  ...named({
    flag: 'key',
    short: 'k',
    placeholder: 'KEY',
    description: 'The private key: a file, its address, or env:// and the name of a variable',
  }),
};

export const outputPrefixOption: WithDefault<TextOption> = {
  kind: 'text',
  ...named({ flag: 'output-key-prefix', placeholder: 'NAME', description: 'Write NAME.key and NAME.pub' }),
  default: 'cosign',
};

export const importPrefixOption: WithDefault<TextOption> = {
  ...outputPrefixOption,
  short: 'o',
  default: 'import-cosign',
};

export const outfileOption: PathOption = {
  kind: 'path',
  ...named({ flag: 'outfile', placeholder: 'FILE', description: 'Write the public key to FILE' }),
};

export const yesOption: BooleanOption = {
  kind: 'boolean',
  ...named({ flag: 'yes', short: 'y', description: 'Go on without asking' }),
};

/** What is written of a new key pair. */
export const generateOptions: OptionGroup = { id: 'key-pair', title: 'Key pair', options: [outputPrefixOption] };

export const importOptions: OptionGroup = {
  id: 'import',
  title: 'Key pair',
  options: [privateKeyOption, importPrefixOption, yesOption],
};

export const publicKeyOptions: OptionGroup = {
  id: 'public-key',
  title: 'Key',
  options: [privateKeyOption, outfileOption],
};
