import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tarEnd, tarHead, tarPadding } from '../../src/codecs/tar/index.ts';

const place = 'opt/plimsoll';
/** Everything that the command needs: its dependencies are in the bundle. */
const parts = ['LICENSE', 'bin', 'dist/cli', 'package.json'];

/** A tar of the built program below `/opt/plimsoll`, the same bytes for the same program. */
export function programLayer(root: string): Buffer {
  const files = parts.flatMap((part) => filesOf(root, part)).sort();
  const directories = new Set(files.flatMap((path) => directoriesOf(`${place}/${path}`)));
  const heads = [...directories].sort().map((name) => tarHead({ name: `${name}/`, type: '5', mode: 0o755, size: 0 }));
  const entries = files.map((path) => {
    const bytes = readFileSync(join(root, path));
    const mode = path.startsWith('bin/') ? 0o755 : 0o644;
    const head = tarHead({ name: `${place}/${path}`, type: '0', mode, size: bytes.length });
    return Buffer.concat([head, bytes, tarPadding(bytes.length)]);
  });
  return Buffer.concat([...heads, ...entries, tarEnd]);
}

function filesOf(root: string, part: string): string[] {
  if (!part.includes('/') && part !== 'bin') return [part];
  const entries = readdirSync(join(root, part), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function directoriesOf(path: string): string[] {
  const directory = dirname(path);
  return directory === '.' ? [] : [...directoriesOf(directory), directory];
}
