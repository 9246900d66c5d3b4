import { type DatabaseKind, javaDatabase, vulnerabilityDatabase } from '../advisories/index.ts';

/** The databases that are kept in the cache directory. */
export type DatabaseId = 'vulnerability' | 'java';

export interface Database {
  readonly id: DatabaseId;
  readonly title: string;
  readonly kind: DatabaseKind;
}

export const databases: readonly Database[] = [
  { id: 'vulnerability', title: 'Vulnerability DB', kind: vulnerabilityDatabase },
  { id: 'java', title: 'Java DB', kind: javaDatabase },
];
