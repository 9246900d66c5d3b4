import type { BooleanOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { path, text, toggle } from './flag.ts';

export const privateKeyOption: TextOption = text({
  flag: 'key',
  placeholder: 'KEY',
  description:
    'The private key: a file, its address, env:// and the name of a variable, pkcs11: and a token, or a key management system such as hashivault://NAME',
});

export const importedKeyOption: TextOption = {
  ...privateKeyOption,
  short: 'k',
  description: 'The private key: a file, its address, or env:// and the name of a variable',
};

export const kmsOption: TextOption = text({
  flag: 'kms',
  placeholder: 'KEY',
  description:
    'Make the key in a key management system: hashivault://, openbao://, awskms://, or experimental gcpkms:// and azurekms://',
});

export const outputPrefixOption: WithDefault<TextOption> = {
  ...text({ flag: 'output-key-prefix', placeholder: 'NAME', description: 'Write NAME.key and NAME.pub' }),
  default: 'cosign',
};

export const importPrefixOption: WithDefault<TextOption> = {
  ...outputPrefixOption,
  short: 'o',
  default: 'import-cosign',
};

export const outfileOption: PathOption = path({ flag: 'outfile', description: 'Write the public key to FILE' });

export const yesOption: BooleanOption = toggle({ flag: 'yes', short: 'y', description: 'Go on without asking' });

/** What is written of a new key pair. */
export const generateOptions: OptionGroup = {
  id: 'key-pair',
  title: 'Key pair',
  options: [kmsOption, outputPrefixOption],
};

export const importOptions: OptionGroup = {
  id: 'import',
  title: 'Key pair',
  options: [importedKeyOption, importPrefixOption, yesOption],
};

export const publicKeyOptions: OptionGroup = {
  id: 'public-key',
  title: 'Key',
  options: [privateKeyOption, outfileOption],
};
