import { createHash } from 'node:crypto';
import type { CoverageNote, Finding, Severity } from '../../core/index.ts';
import { describeNote } from '../verdict-words.ts';

const severityNames: Readonly<Record<Severity, string>> = {
  CRITICAL: 'critical',
  HIGH: 'major',
  MEDIUM: 'minor',
  LOW: 'info',
  UNKNOWN: 'info',
};

/** An issue with the names, the severity and the fingerprint that Trivy's template gives. */
export function findingIssue(finding: Finding, target: string): Record<string, unknown> {
  const { id, installedVersion, title = '', package: pkg } = finding;
  return toIssue({
    check: 'container_scanning',
    description: [id, pkg.name, installedVersion, title].join(' - '),
    // The place too, where a target has many files: of two issues with one fingerprint GitLab shows one.
    identity: [id, pkg.name, installedVersion, target, pkg.filePath ?? ''],
    content: finding.description ?? '',
    severity: severityNames[finding.severity],
    path: pkg.filePath ?? target,
    line: pkg.locations?.[0]?.start,
  });
}

/** What could not be judged may hide anything. */
export function noteIssue(note: CoverageNote, artifact: string): Record<string, unknown> {
  const { code, path, message } = note;
  return toIssue({
    check: 'coverage',
    description: `Not judged - ${describeNote(note)}`,
    identity: [code, path ?? '', message, artifact],
    content: message,
    severity: 'major',
    path: path ?? artifact,
  });
}

interface IssueParts {
  readonly check: string;
  readonly description: string;
  readonly identity: readonly string[];
  readonly content: string;
  readonly severity: string;
  readonly path: string;
  readonly line?: number | undefined;
}

function toIssue({ check, description, identity, content, severity, path, line }: IssueParts): Record<string, unknown> {
  return {
    type: 'issue',
    check_name: check,
    categories: ['Security'],
    description,
    fingerprint: createHash('sha1').update(identity.join('')).digest('hex'),
    content,
    severity,
    location: { path, lines: { begin: line || 1 } },
  };
}
