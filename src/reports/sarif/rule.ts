import type { Finding, Result } from '../../core/index.ts';
import type { RenderOptions } from '../report.ts';
import { toScore } from '../score.ts';
import { shorten } from '../shorten.ts';
import { toCvssProperties, toLevel } from './level.ts';
import { limits } from './limits.ts';

const ruleNames: Readonly<Record<Result['class'], string>> = {
  'os-pkgs': 'OsPackageVulnerability',
  'lang-pkgs': 'LanguageSpecificPackageVulnerability',
};

/** What is said of a vulnerability once for all its results (SARIF 2.1.0 section 3.49). */
export function toRule(
  finding: Finding,
  resultClass: Result['class'],
  { dialect }: Pick<RenderOptions, 'dialect'>,
): Record<string, unknown> {
  const isOwn = dialect === 'plimsoll';
  // Code scanning requires something; the whole text stands in the help.
  const bounded = (text: string): string => (isOwn ? shorten(text || finding.id, limits.description) : text);
  return {
    id: finding.id,
    name: ruleNames[resultClass],
    shortDescription: { text: bounded(finding.title ?? '') },
    fullDescription: { text: bounded(finding.description || finding.title || '') },
    defaultConfiguration: { level: toLevel(finding.severity) },
    ...(finding.primaryUrl && (!isOwn || URL.canParse(finding.primaryUrl)) && { helpUri: finding.primaryUrl }),
    help: { text: toHelpText(finding), markdown: toHelpMarkdown(finding) },
    properties: {
      ...toCvssProperties(finding),
      precision: 'very-high',
      'security-severity': toScore(finding).toFixed(1),
      tags: ['vulnerability', 'security', finding.severity],
    },
  };
}

export function toLink({ id, primaryUrl = '' }: Finding): string {
  return `[${id}](${primaryUrl})`;
}

function toHelpText(finding: Finding): string {
  return [
    `Vulnerability ${finding.id}`,
    `Severity: ${finding.severity}`,
    `Package: ${finding.package.name}`,
    `Fixed Version: ${finding.fixedVersion ?? ''}`,
    `Link: ${toLink(finding)}`,
    finding.description ?? '',
  ].join('\n');
}

function toHelpMarkdown(finding: Finding): string {
  const cells = [finding.severity, finding.package.name, finding.fixedVersion ?? '', toLink(finding)];
  return [
    `**Vulnerability ${finding.id}**`,
    '| Severity | Package | Fixed Version | Link |',
    '| --- | --- | --- | --- |',
    `|${cells.join('|')}|`,
    '',
    finding.description ?? '',
  ].join('\n');
}
