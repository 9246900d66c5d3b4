import type { DialectId } from './dialect.ts';

/** Words that will be commands, as docs/commands.md promises them: whoever tries one is told so. */
export const plannedCommands: Readonly<Record<DialectId, readonly string[]>> = {
  plimsoll: words('bundle clean cluster completion config fleet repo repository serve server vex watch'),
  trivy: words(
    'clean client completion config conf kubernetes k8s module plugin registry repository repo server vex',
    'vm',
  ),
  cosign: words('completion policy'),
  crane: words('completion'),
};

function words(...lines: readonly string[]): string[] {
  return lines.join(' ').split(' ');
}
