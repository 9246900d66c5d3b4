import { isAppError, parseImageReference, type Result } from '../../core/index.ts';

/** The name of the place a finding is in: a file, or for OS packages the image without registry, tag and release. */
export function artifactPath(target: string, resultClass: Result['class']): string {
  if (resultClass !== 'os-pkgs') return target;
  const name = target.replace(/\s*\([^()]*\)$/, '');
  try {
    return parseImageReference(name).repository;
  } catch (error) {
    // Archives and directories are targets too.
    if (isAppError(error, 'CORE_REFERENCE_INVALID')) return name.replaceAll('\\', '/');
    throw error;
  }
}

/** A path as a relative or absolute URI reference (RFC 3986 section 4.2). */
export function toUriReference(path: string): string {
  const encoded = path.toWellFormed().split('/').map(encodeSegment).join('/');
  const [first = ''] = encoded.split('/');
  return first.includes(':') ? `./${encoded}` : encoded;
}

/** A segment keeps unreserved characters, sub-delimiters, `:` and `@` (RFC 3986 section 3.3). */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%(?:21|24|26|27|28|29|2A|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}
