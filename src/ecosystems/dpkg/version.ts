/** A version in its parts: `[epoch:]upstream[-revision]` (Debian Policy 5.6.12). */
export interface DebianVersion {
  readonly version: string;
  readonly release?: string;
  readonly epoch?: number;
}

/**
 * Splits a version. One that breaks the rules comes back undivided, so that the package stays in the inventory and
 * comparison can say that it cannot judge it.
 */
export function splitVersion(text: string): DebianVersion {
  const [, epoch = '0', upstream = '', release] = /^(?:(\d{1,9}):)?(\d[\w.+~:-]*?)(?:-([\w.+~]+))?$/.exec(text) ?? [];
  if (upstream === '') return { version: text };
  return {
    version: upstream,
    ...(release !== undefined && { release }),
    ...(Number(epoch) !== 0 && { epoch: Number(epoch) }),
  };
}
