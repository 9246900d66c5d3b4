/** Pages of a vendor's own that references may point to, by data source. */
const vendorPrefixes: Readonly<Record<string, readonly string[]>> = {
  debian: ['http://www.debian.org', 'https://www.debian.org'],
  ubuntu: ['http://www.ubuntu.com', 'https://usn.ubuntu.com'],
  redhat: ['https://access.redhat.com'],
  'suse-cvrf': ['http://lists.opensuse.org', 'https://lists.opensuse.org'],
  'oracle-oval': ['http://linux.oracle.com/errata', 'https://linux.oracle.com/errata'],
  'nodejs-security-wg': ['https://www.npmjs.com', 'https://hackerone.com'],
  'ruby-advisory-db': ['https://groups.google.com'],
};

const idPages: readonly (readonly [prefix: string, page: (id: string) => string])[] = [
  ['CVE-', (id) => `https://avd.aquasec.com/nvd/${id.toLowerCase()}`],
  ['RUSTSEC-', (id) => `https://osv.dev/vulnerability/${id}`],
  ['GHSA-', (id) => `https://github.com/advisories/${id}`],
  ['TEMP-', (id) => `https://security-tracker.debian.org/tracker/${id}`],
];

/** The page that a reader of a report should open first: known from the kind of id, else the vendor's among the references. */
export function choosePrimaryUrl(
  id: string,
  references: readonly string[],
  source: string | undefined,
): string | undefined {
  const page = idPages.find(([prefix]) => id.startsWith(prefix))?.[1];
  if (page !== undefined) return page(id);
  const prefixes = (source === undefined ? undefined : vendorPrefixes[source]) ?? [];
  for (const prefix of prefixes) {
    const found = references.find((reference) => reference.startsWith(prefix));
    if (found !== undefined) return found;
  }
  return undefined;
}
