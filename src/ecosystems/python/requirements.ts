import type { ByteSource, Catalog, Package } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';

/**
 * Reads the pinned packages of a `requirements.txt` (pip documentation, "Requirements File Format"); a range names
 * no version, so it is left out.
 * @throws KIT_TEXT_TOO_LONG
 */
export const catalogRequirements: Catalog = (file) => {
  const text = decode(file.content);
  const packages = joinLines(text).flatMap(({ line, number }) => {
    const pkg = parseRequirement(line);
    return pkg === undefined ? [] : [{ ...pkg, locations: [{ start: number, end: number }] }];
  });
  return [{ kind: 'packages', type: 'pip', packages }];
};

/** Windows tools write UTF-16 with a byte order mark. */
function decode(source: ByteSource): string {
  const text = readText(source);
  const mark = Buffer.from(source.read(0, Math.min(2, source.size))).toString('hex');
  if (mark !== 'fffe' && mark !== 'feff') return text.replace(/^\uFEFF/, '');
  const decoder = new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be');
  return decoder.decode(source.read(2, source.size - 2));
}

/** A backslash at the end continues a line, but not a comment; the number is that of the first. */
function joinLines(text: string): { line: string; number: number }[] {
  const joined: { line: string; number: number }[] = [];
  let parts: string[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const isContinued = line.endsWith('\\') && !/^\s*#/.test(line);
    parts.push(isContinued ? line.slice(0, -1) : line);
    if (isContinued) return;
    joined.push({ line: parts.join(' '), number: index + 2 - parts.length });
    parts = [];
  });
  if (parts.length > 0) joined.push({ line: parts.join(' '), number: text.split('\n').length + 1 - parts.length });
  return joined;
}

const name = /^[\p{L}\p{N}._-]+$/u;
const version =
  /^v?(?:\d+!)?\d+(?:\.\d+)*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$/i;

/** `name[extras]==version`, before any comment, marker or option (PEP 508, PEP 440). */
function parseRequirement(line: string): Pick<Package, 'name' | 'version'> | undefined {
  const bare = withoutExtras(line.replaceAll(' ', '').replaceAll('\\', ''));
  const [requirement = ''] = bare.split(/#|;|--/, 1);
  const [before = '', after, more] = requirement.trim().split('==', 3);
  if (after === undefined || more !== undefined) return undefined;
  const [pinned = ''] = after.split(',', 1);
  return name.test(before) && version.test(pinned) ? { name: before, version: pinned } : undefined;
}

function withoutExtras(text: string): string {
  const start = text.indexOf('[');
  const end = text.indexOf(']');
  return start < 0 || end < start ? text : text.slice(0, start) + text.slice(end + 1);
}
