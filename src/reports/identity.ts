import { createHash } from 'node:crypto';
import type { Package } from '../core/index.ts';

/**
 * An opaque identifier of a package within a report: the one of the report it was read from, else 16 hexadecimal digits,
 * the same for the same package and place.
 */
export function uidOf(pkg: Package, target: string): string {
  if (pkg.uid !== undefined) return pkg.uid;
  const identity = [target, pkg.filePath ?? '', pkg.id ?? '', pkg.name, pkg.version, pkg.release ?? '', pkg.arch ?? ''];
  return sha256(identity.join('\n')).slice(0, 16);
}

/** Stays the same for the same flaw in the same package of the same artifact, so that reports can be compared. */
export function fingerprintOf(parts: readonly string[]): string {
  return `sha256:${sha256(parts.join(':'))}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
