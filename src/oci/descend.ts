import type { Digest } from '../core/index.ts';
import { ociError } from './errors.ts';
import { type Descriptor, type Index, type Manifest, type Platform, parseManifest } from './manifest.ts';
import { choosePlatform } from './platform.ts';

const maxNesting = 8;

export interface DescendOptions {
  /** How messages call what is opened. */
  readonly name: string;
  readonly platform?: Platform;
  /** The bytes of a manifest that an index names, checked. */
  readonly read: (entry: Descriptor) => Promise<Uint8Array>;
}

/** Follows nested indexes down to one image manifest. @throws OCI_MANIFEST_INVALID, OCI_PLATFORM_NOT_FOUND */
export async function descend(
  entries: readonly Descriptor[],
  options: DescendOptions,
  depth = 0,
): Promise<{ manifest: Manifest; digest: Digest }> {
  const fail = (reason: string): Error => ociError('OCI_MANIFEST_INVALID', { data: { digest: options.name, reason } });
  if (entries.length === 0) throw fail('its index is empty');
  if (depth > maxNesting) throw fail('its indexes are nested too deep');
  const named = entries.every((entry) => entry.platform !== undefined);
  const entry = named ? choosePlatform(entries, options.platform) : (entries[0] as Descriptor);
  const parsed: Manifest | Index = parseManifest(await options.read(entry), entry.digest);
  if (parsed.kind === 'manifest') return { manifest: parsed, digest: entry.digest };
  return descend(parsed.manifests, options, depth + 1);
}
