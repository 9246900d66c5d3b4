import { ociError } from './errors.ts';
import type { Descriptor, Platform } from './manifest.ts';

/** Reads `os/architecture[/variant][:version]`; `*` as the os stands for any. */
export function parsePlatform(text: string): Platform {
  const [kind = '', osVersion] = text.trim().split(':');
  const [os = '', architecture = '', variant] = kind.split('/');
  return { os, architecture, ...(variant !== undefined && { variant }), ...(osVersion !== undefined && { osVersion }) };
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}

/** The platform images are chosen for when none is asked for. */
export const defaultPlatform: Platform = { os: 'linux', architecture: hostArchitecture() };

/** The manifest of an index for a platform; without a wish the host's, or else the first. @throws OCI_PLATFORM_NOT_FOUND */
export function choosePlatform(manifests: readonly Descriptor[], wanted: Platform | undefined): Descriptor {
  const images = manifests.filter(({ platform }) => platform?.os !== 'unknown');
  const chosen = images.find(({ platform }) => matchesPlatform(platform, wanted ?? defaultPlatform));
  const fallback = wanted === undefined ? images[0] : undefined;
  if (chosen !== undefined) return chosen;
  if (fallback !== undefined) return fallback;
  const available = images.map(({ platform }) => (platform === undefined ? 'unnamed' : formatPlatform(platform)));
  throw ociError('OCI_PLATFORM_NOT_FOUND', {
    data: { platform: formatPlatform(wanted ?? defaultPlatform), available: available.join(', ') },
  });
}

/** True when a platform is the one wanted; a wish without a variant takes any. */
export function matchesPlatform(platform: Platform | undefined, wanted: Platform): boolean {
  if (platform === undefined) return false;
  const variant = wanted.variant === undefined || wanted.variant === platform.variant;
  return (wanted.os === '*' || wanted.os === platform.os) && wanted.architecture === platform.architecture && variant;
}

function hostArchitecture(): string {
  const names: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', ia32: '386', arm: 'arm' };
  return names[process.arch] ?? process.arch;
}
