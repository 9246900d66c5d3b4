import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { BomChange, BomDifference, BomEntry } from '../../../sbom/index.ts';

/** One line for each package: `+` added, `-` removed, `~` changed; what changed stands behind it. */
export function formatDifference({ added, removed, changed }: BomDifference): string {
  const lines = [
    ...added.map((entry) => `+ ${describe(entry)}`),
    ...removed.map((entry) => `- ${describe(entry)}`),
    ...changed.map((change) => `~ ${describeChange(change)}`),
    `${added.length} added, ${removed.length} removed, ${changed.length} changed`,
  ];
  return lines.map((line) => `${toVisibleLine(line)}\n`).join('');
}

function describe({ name, version, licenses }: BomEntry): string {
  return `${name} ${version}${licenses.length === 0 ? '' : ` (${licenses.join(', ')})`}`;
}

function describeChange({ name, before, after }: BomChange): string {
  const version = before.version === after.version ? after.version : `${before.version} -> ${after.version}`;
  return `${name} ${version}${describeLicenses(before.licenses, after.licenses)}`;
}

/** Nothing where one of the two states none: that is no change of them. */
function describeLicenses(before: readonly string[], after: readonly string[]): string {
  if (before.length === 0 || after.length === 0) return '';
  const gone = before.filter((license) => !after.includes(license)).map((license) => `-${license}`);
  const come = after.filter((license) => !before.includes(license)).map((license) => `+${license}`);
  return gone.length + come.length === 0 ? '' : ` (${[...gone, ...come].join(', ')})`;
}
