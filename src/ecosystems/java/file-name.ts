import type { Archive } from '../../core/index.ts';

const extension = '.jar';

/**
 * Artifact and version of a name like `commons-text-1.9.jar`: split at the last hyphen that a digit follows. Both
 * are empty when the name has not that form.
 */
export function parseFileName(path: string): Archive['fileName'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.endsWith(extension)) return { artifact: '', version: '' };
  const stem = name.slice(0, -extension.length);
  // Everything but the last character of the artifact is of this set, and the version has no space.
  const plain = /^[a-zA-Z0-9._-]*/.exec(stem)?.[0].length ?? 0;
  for (let at = stem.lastIndexOf('-'); at > 0; at = stem.lastIndexOf('-', at - 1)) {
    if (/\s/.test(stem[at + 1] ?? '')) break;
    if (at - 1 > plain || !/\d/.test(stem[at + 1] ?? '') || stem[at - 1] === '-' || stem[at - 1] === '*') continue;
    const version = stem.slice(at + 1);
    return /\s/.test(version) ? { artifact: '', version: '' } : { artifact: stem.slice(0, at), version };
  }
  return { artifact: '', version: '' };
}
