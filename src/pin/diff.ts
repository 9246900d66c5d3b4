/** Lines of what did not change around what did, as `diff -u` has them. */
const context = 3;

/**
 * A unified diff of two texts of the same number of lines, as `git apply` and `patch -p1` take it. In linear time: pins never put
 * in a line or take one out, so that line stands against line.
 */
export function toDiff(path: string, before: string, after: string): string {
  const [old, now] = [splitLines(before), splitLines(after)];
  const changed = old.flatMap((line, index) => (line === now[index] ? [] : [index]));
  const hunks = toRanges(changed, old.length).map((range) => formatHunk(range, old, now));
  return `--- ${quoteName(`a/${path}`)}\n+++ ${quoteName(`b/${path}`)}\n${hunks.join('')}`;
}

/** Lines from 0; `end` is behind the last. */
interface Range {
  readonly start: number;
  readonly end: number;
}

function toRanges(changed: readonly number[], count: number): Range[] {
  const ranges: Range[] = [];
  for (const index of changed) {
    const start = Math.max(0, index - context);
    const end = Math.min(count, index + context + 1);
    const last = ranges.at(-1);
    if (last === undefined || start > last.end) ranges.push({ start, end });
    else ranges[ranges.length - 1] = { start: last.start, end };
  }
  return ranges;
}

function formatHunk({ start, end }: Range, old: readonly string[], now: readonly string[]): string {
  const place = `${start + 1},${end - start}`;
  const lines: string[] = [`@@ -${place} +${place} @@\n`];
  for (let index = start; index < end; ) {
    let next = index;
    while (next < end && old[next] !== now[next]) next++;
    lines.push(...old.slice(index, next).map((line) => mark('-', line)));
    lines.push(...now.slice(index, next).map((line) => mark('+', line)));
    if (next < end) lines.push(mark(' ', old[next] ?? ''));
    index = next + 1;
  }
  return lines.join('');
}

function mark(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** With their ends. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** As git writes names: quoted where they have unusual characters, and ended by a tab where they have spaces. */
function quoteName(name: string): string {
  const plain = name.replaceAll('\\', '/').replaceAll(/\/(?:\.\/)+/g, '/');
  if (/[\p{Cc}"]/u.test(plain)) return JSON.stringify(plain);
  return plain.includes(' ') ? `${plain}\t` : plain;
}
