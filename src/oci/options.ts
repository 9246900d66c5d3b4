import type { BooleanOption, ListOption, MapOption, OptionGroup, PathOption, TextOption } from '../core/index.ts';

export const usernameOption: TextOption = {
  kind: 'text',
  flag: 'username',
  key: 'registry.username',
  aliases: [{ flag: 'registry-username' }],
  placeholder: 'NAME',
  description: "Log in to the image's registry under this name; other registries get the logins that docker has stored",
  trust: 'trusted',
};

export const passwordOption: TextOption = {
  kind: 'text',
  flag: 'password',
  key: 'registry.password',
  aliases: [{ flag: 'registry-password' }],
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
  description: "Send this bearer token to the image's registry",
  trust: 'trusted',
  secret: true,
};

export const mirrorsOption: MapOption = {
  kind: 'map',
  key: 'registry.mirrors',
  description: 'Registries to ask first, in order, by the registry or repository prefix that they stand in for',
  trust: 'trusted',
};

export const registriesFileOption: PathOption = {
  kind: 'path',
  key: 'registry.registries-conf',
  environment: ['CONTAINERS_REGISTRIES_CONF'],
  placeholder: 'FILE',
  description: 'Take mirrors, locations, insecure and blocked registries from this registries.conf (version 2)',
  trust: 'trusted',
};

export const insecureRegistriesOption: ListOption = {
  kind: 'list',
  key: 'registry.insecure',
  description: 'Hosts that may have any certificate or plain http',
  trust: 'trusted',
};

/** How registries are reached. */
export const registryOptions: OptionGroup = {
  id: 'registry',
  title: 'Registry',
  options: [
    usernameOption,
    passwordOption,
    passwordStdinOption,
    registryTokenOption,
    mirrorsOption,
    registriesFileOption,
    insecureRegistriesOption,
  ],
};
