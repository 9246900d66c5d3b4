/** How the `Vendor` of packages begins that a distribution itself publishes. */
export const distributionVendors: readonly string[] = [
  'AlmaLinux',
  'Amazon Linux',
  'Amazon.com',
  'CentOS',
  'CloudLinux',
  'Fedora Project',
  'Microsoft Corporation',
  'Oracle America',
  'Red Hat',
  'Rocky',
  'SUSE',
  'VMware',
  'openSUSE',
];

/** Namespaces of package URLs that are not the distribution's own identifier. */
export const purlNamespaces: Readonly<Record<string, string>> = {
  'opensuse-leap': 'opensuse',
  'opensuse-tumbleweed': 'opensuse',
  slem: 'suse',
  sles: 'suse',
};
