import type { Catalog } from '../../core/index.ts';
import { releaseText } from '../release.ts';

/** Longer values are cut: real names are short, and variables that name each other would grow without end. */
const maxValue = 256;
const componentLabels: readonly string[] = ['com.redhat.component', 'bzcomponent'];

/** Reads which build an image is from the labels of its build file, and from that file's name. */
export const catalogDockerfile: Catalog = (file) => {
  const labels = readLabels(releaseText(file));
  const component = componentLabels.map((key) => labels.get(key)).find(Boolean);
  const arch = labels.get('architecture');
  if (!component || !arch) return [];
  return [{ kind: 'build-info', buildInfo: { nvr: `${component}-${versionInName(file.path)}`, arch } }];
};

/** `Dockerfile-ubi8-8.3-227` → `8.3-227`: what follows the last hyphen but one. */
function versionInName(path: string): string {
  const parts = path.slice(path.lastIndexOf('/') + 1).split('-');
  return parts.length < 2 ? '' : parts.slice(-2).join('-');
}

/** Keys in lower case; the variables that ARG and ENV set are put in (docs.docker.com, "Environment replacement"). */
function readLabels(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  const labels = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const [, instruction = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
    const kind = instruction.toUpperCase();
    if (kind === 'ARG' || kind === 'ENV') setAll(variables, readPairs(rest, variables));
    if (kind === 'LABEL') for (const [key, value] of readPairs(rest, variables)) labels.set(key.toLowerCase(), value);
  }
  return labels;
}

/** Lines that end in a backslash are continued; comments are none of them. */
function logicalLines(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  return lines
    .join('\n')
    .replace(/\\[ \t]*\n/g, '')
    .split('\n');
}

/** `key=value key2="a b"`, or in the old spelling `key the whole rest`. */
function readPairs(text: string, variables: ReadonlyMap<string, string>): [key: string, value: string][] {
  const words = text.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  const [first = ''] = words;
  if (words.length > 1 && !first.includes('=')) {
    return [[unquote(first, variables), unquote(text.trim().slice(first.length).trim(), variables)]];
  }
  return words.map((word) => {
    const equals = word.indexOf('=');
    return equals < 0
      ? [unquote(word, variables), '']
      : [unquote(word.slice(0, equals), variables), unquote(word.slice(equals + 1), variables)];
  });
}

/** Takes quotes and backslashes away and puts variables in, but for text in single quotes. */
function unquote(text: string, variables: ReadonlyMap<string, string>): string {
  if (/^'[^']*'$/.test(text)) return text.slice(1, -1);
  const inner = /^".*"$/.test(text) ? text.slice(1, -1) : text;
  return inner
    .replace(/\\(.)|\$(?:\{(\w+)(?::?-([^}]{0,256}))?\}|(\w+))/g, (_, escaped, braced, fallback, bare) =>
      escaped === undefined ? (variables.get(braced ?? bare) ?? fallback ?? '') : escaped,
    )
    .slice(0, maxValue);
}

function setAll(map: Map<string, string>, pairs: readonly (readonly [string, string])[]): void {
  for (const [key, value] of pairs) map.set(key, value);
}
