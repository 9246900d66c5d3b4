import type { BooleanOption, ListOption, MapOption, OptionGroup, TextOption } from '../core/index.ts';

export const usernameOption: ListOption = {
  kind: 'list',
  flag: 'username',
  key: 'registry.username',
  placeholder: 'NAME',
  description: 'Log in to registries under this name; several are tried in turn',
  trust: 'trusted',
};

export const passwordOption: ListOption = {
  kind: 'list',
  flag: 'password',
  key: 'registry.password',
  separator: 'none',
  placeholder: 'PASSWORD',
  description: 'Password for --username; prefer --password-stdin or PLIMSOLL_PASSWORD, which other users cannot see',
  trust: 'trusted',
  secret: true,
};

export const passwordStdinOption: BooleanOption = {
  kind: 'boolean',
  flag: 'password-stdin',
  key: 'registry.password-stdin',
  description: 'Read the password for --username from the standard input',
  trust: 'trusted',
};

export const registryTokenOption: TextOption = {
  kind: 'text',
  flag: 'registry-token',
  key: 'registry.token',
  placeholder: 'TOKEN',
  description: 'Send this bearer token to the registry',
  trust: 'trusted',
  secret: true,
};

export const mirrorsOption: MapOption = {
  kind: 'map',
  key: 'registry.mirrors',
  description: 'Registries to ask first, in order, by the registry they stand in for',
  trust: 'trusted',
};

/** How registries are reached. */
export const registryOptions: OptionGroup = {
  id: 'registry',
  title: 'Registry',
  options: [usernameOption, passwordOption, passwordStdinOption, registryTokenOption, mirrorsOption],
};
