import { createHash } from 'node:crypto';
import type { Finding, LineRange, Result } from '../../core/index.ts';
import type { RenderOptions } from '../report.ts';
import { toScore } from '../score.ts';
import { artifactPath, toUriReference } from './artifact-uri.ts';
import { toLevel } from './level.ts';
import { limits } from './limits.ts';
import { toLink } from './rule.ts';

interface ResultOptions extends Pick<RenderOptions, 'dialect'> {
  readonly ruleIndex: number;
  /** Counts how often something was asked for in this run, from 1. */
  readonly occurrence: (identity: string) => number;
}

/** One finding at its place (SARIF 2.1.0 section 3.27). */
export function toResult(
  finding: Finding,
  { target, class: resultClass }: Result,
  { ruleIndex, dialect, occurrence }: ResultOptions,
): Record<string, unknown> {
  const named = artifactPath(finding.package.filePath || target, resultClass);
  // A reference that begins with a slash is no place below the root.
  const path = dialect === 'trivy' ? named : named.replace(/^\/+/, '');
  return {
    ruleId: finding.id,
    ruleIndex,
    level: toLevel(finding.severity),
    message: { text: toMessage(finding) },
    locations: toLocations(finding, path),
    ...(dialect === 'plimsoll' && toIdentity(finding, path, occurrence)),
  };
}

/**
 * A rank from 0 to 100 (section 3.27.25) and fingerprints (3.27.16, 3.27.17) that stay the same while the package
 * changes its version, so that code scanning follows a flaw from scan to scan. GitHub reads `primaryLocationLineHash`, which has to
 * tell two versions of a package at one place apart.
 */
function toIdentity(finding: Finding, path: string, occurrence: ResultOptions['occurrence']): Record<string, unknown> {
  const parts = [finding.id, finding.package.name, path];
  const identity = createHash('sha256').update(parts.join('\n')).digest('hex');
  return {
    rank: Math.round(toScore(finding) * 10),
    fingerprints: { 'plimsoll/v1': identity },
    partialFingerprints: { primaryLocationLineHash: `${identity.slice(0, 16)}:${occurrence(identity)}` },
  };
}

function toMessage(finding: Finding): string {
  return [
    `Package: ${finding.package.name}`,
    `Installed Version: ${finding.installedVersion}`,
    `Vulnerability ${finding.id}`,
    `Severity: ${finding.severity}`,
    `Fixed Version: ${finding.fixedVersion ?? ''}`,
    `Link: ${toLink(finding)}`,
  ].join('\n');
}

function toLocations(finding: Finding, path: string): unknown[] {
  const { name, locations = [] } = finding.package;
  const lines: readonly LineRange[] = locations.length > 0 ? locations : [{ start: 1, end: 1 }];
  return lines.slice(0, limits.locations).map(({ start, end }) => ({
    physicalLocation: {
      artifactLocation: { uri: toUriReference(path), uriBaseId: 'ROOTPATH' },
      region: { startLine: start || 1, startColumn: 1, endLine: end || start || 1, endColumn: 1 },
    },
    message: { text: `${path}: ${name}@${finding.installedVersion}` },
  }));
}
