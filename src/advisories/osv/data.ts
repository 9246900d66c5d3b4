import type { DataSource } from '../../core/index.ts';

/** Databases whose records are known by the prefix of their ids (ossf/osv-schema, "id, modified fields"). */
export const homeDatabases: Readonly<Record<string, DataSource>> = {
  GHSA: { id: 'ghsa', name: 'GitHub Security Advisories', url: 'https://github.com/advisories' },
  GO: { id: 'govulndb', name: 'The Go Vulnerability Database', url: 'https://pkg.go.dev/vuln/' },
  PYSEC: {
    id: 'osv',
    name: 'Python Packaging Advisory Database',
    url: 'https://github.com/pypa/advisory-database',
  },
  RUSTSEC: { id: 'osv', name: 'RustSec Advisory Database', url: 'https://github.com/RustSec/advisory-db' },
};
