import type { BreakGlass } from './break-glass.ts';

/** What whoever runs the server has decided, beside policies. */
export interface AdmissionSetting {
  /** `audit` lets everything in as it is, and tells what would be denied. */
  readonly mode: 'enforce' | 'audit';
  /** Which objects have digests written into them: all, pods alone, or none. */
  readonly pinning: Pinning;
  /** Namespaces that are not judged, with wildcards. */
  readonly excludedNamespaces: readonly string[];
  /** Who may let in what policies deny; nobody unless given. */
  readonly breakGlass?: BreakGlass;
}

export type Pinning = 'always' | 'pods' | 'never';

export const usualSetting: AdmissionSetting = { mode: 'enforce', pinning: 'always', excludedNamespaces: [] };
