import { posix } from 'node:path';

/** True for names that would lead out of where an archive is unpacked, on any system. */
export function isUnsafePath(name: string): boolean {
  const clean = posix.normalize(name.replaceAll('\\', '/'));
  return clean === '..' || clean.startsWith('../') || name.startsWith('\\') || hasDrive(clean);
}

/** True for a relative link that leads out of the file system. */
export function isEscapingLink(name: string, target: string): boolean {
  const clean = posix.normalize(target.replaceAll('\\', '/'));
  if (clean.startsWith('/')) return false;
  return hasDrive(clean) || posix.normalize(posix.join(posix.dirname(name), clean)).startsWith('..');
}

function hasDrive(name: string): boolean {
  return /^[a-zA-Z]:/.test(name);
}

/** Without `./`, doubled slashes and a slash at the end. */
export function cleanPath(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}
