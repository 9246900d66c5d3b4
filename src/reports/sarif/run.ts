import { type CoverageNote, isComplete } from '../../core/index.ts';
import type { RenderOptions, Report } from '../report.ts';
import { toUriReference } from './artifact-uri.ts';

const maxNotifications = 200;

export function toDriver(
  rules: readonly unknown[],
  { dialect, programVersion }: RenderOptions,
): Record<string, unknown> {
  if (dialect === 'plimsoll') {
    return { fullName: 'Plimsoll image scanner', name: 'Plimsoll', rules, version: programVersion };
  }
  return {
    fullName: 'Trivy Vulnerability Scanner',
    informationUri: 'https://github.com/aquasecurity/trivy',
    name: 'Trivy',
    rules,
    version: programVersion,
  };
}

/** What could not be judged, and so whether the run succeeded (SARIF 2.1.0 sections 3.20.14 and 3.20.21). */
export function toInvocation({ notes }: Report['coverage']): Record<string, unknown> {
  const incomplete = notes.filter(({ effect }) => effect === 'incomplete');
  const more = incomplete.length - maxNotifications;
  return {
    executionSuccessful: isComplete(notes),
    ...(incomplete.length > 0 && {
      toolExecutionNotifications: [
        ...incomplete.slice(0, maxNotifications).map(toNotification),
        ...(more > 0 ? [{ level: 'error', message: { text: `${more} more could not be judged` } }] : []),
      ],
    }),
  };
}

function toNotification({ code, message, path }: CoverageNote): Record<string, unknown> {
  return {
    descriptor: { id: code },
    level: 'error',
    message: { text: message },
    ...(path !== undefined && {
      locations: [{ physicalLocation: { artifactLocation: { uri: toUriReference(path), uriBaseId: 'ROOTPATH' } } }],
    }),
  };
}

/** Facts of the run, keys in order; under our own name also the verdict and what it rests on. */
export function toRunProperties(report: Report, { dialect }: RenderOptions): Record<string, unknown> {
  return {
    ...(report.image !== undefined && {
      imageID: report.image.id,
      imageName: report.artifact.name,
      repoDigests: orNull(report.image.repoDigests),
      repoTags: orNull(report.image.repoTags),
    }),
    ...(dialect === 'plimsoll' && {
      verdict: {
        result: report.verdict.result,
        gated: report.verdict.gated,
        reasons: report.verdict.reasons.filter(({ kind }) => kind !== 'incomplete'),
      },
      coverage: {
        catalogers: report.coverage.catalogers,
        incomplete: countByCode(report.coverage.notes, 'incomplete'),
        notes: countByCode(report.coverage.notes, 'note'),
      },
      data: report.data,
    }),
  };
}

/** The notes themselves are notifications; here they are counted by kind. */
function countByCode(notes: readonly CoverageNote[], effect: CoverageNote['effect']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code, effect: found } of notes) if (found === effect) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function orNull(list: readonly string[]): readonly string[] | null {
  return list.length === 0 ? null : list;
}
