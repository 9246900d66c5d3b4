import type { Catalog, Package } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';

const maxSize = 16 * 2 ** 20;

/**
 * Reads the pinned packages of a `requirements.txt` (pip documentation, "Requirements File Format"); a range names
 * no version, so it is left out.
 * @throws PACKAGE_LIST_INVALID
 */
export const catalogRequirements: Catalog = (file) => {
  if (file.content.size > maxSize) {
    const reason = `it has more than ${maxSize} bytes`;
    throw ecosystemError('PACKAGE_LIST_INVALID', { data: { format: 'requirements', reason } });
  }
  const text = decode(Buffer.from(file.content.read(0, file.content.size)));
  const packages = joinLines(text).flatMap(({ line, number }) => {
    const pkg = parseRequirement(line);
    return pkg === undefined ? [] : [{ ...pkg, locations: [{ start: number, end: number }] }];
  });
  return [{ kind: 'packages', type: 'pip', packages }];
};

/** Windows tools write UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
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
