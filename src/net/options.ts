import type { BooleanOption, ListOption, MapOption, OptionGroup, PathOption } from '../core/index.ts';

export const offlineOption: BooleanOption = {
  kind: 'boolean',
  flag: 'offline',
  key: 'offline',
  description: 'Open no network connection at all, not even to this machine',
  trust: 'any',
};

export const insecureOption: BooleanOption = {
  kind: 'boolean',
  flag: 'insecure',
  key: 'insecure',
  aliases: [{ flag: 'allow-insecure-registry' }, { flag: 'allow-http-registry' }],
  environment: ['TRIVY_NON_SSL'],
  description: "Accept any certificate, and plain http, from the image's registry and the repositories that were named",
  trust: 'trusted',
};

export const caCertificateOption: PathOption = {
  kind: 'path',
  flag: 'cacert',
  key: 'cacert',
  aliases: [{ flag: 'registry-cacert' }],
  environment: ['SSL_CERT_FILE'],
  placeholder: 'FILE',
  description: 'Trust the certificate authorities in this PEM file too',
  trust: 'trusted',
};

export const allowedHostsOption: ListOption = {
  kind: 'list',
  key: 'network.allow',
  description: 'Contact no other hosts than these (name, name:port or *.suffix)',
  trust: 'any',
};

export const endpointsOption: MapOption = {
  kind: 'map',
  flag: 'endpoints',
  key: 'endpoints',
  placeholder: 'URL=URL',
  description: 'Send what is meant for the first address to the second, names and identities staying as they are',
  trust: 'trusted',
};

/** How the network is used. */
export const networkOptions: OptionGroup = {
  id: 'network',
  title: 'Network',
  options: [offlineOption, insecureOption, caCertificateOption, endpointsOption, allowedHostsOption],
};
