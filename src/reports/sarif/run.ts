import { type CoverageNote, familiarName, isAppError, isComplete, parseImageReference } from '../../core/index.ts';
import { type JsonList, JsonObject } from '../../kit/json-stream.ts';
import type { RenderOptions, Report } from '../report.ts';
import { openNotes } from '../verdict-words.ts';
import { toUriReference } from './artifact-uri.ts';
import type { Part } from './parts.ts';

const maxNotifications = 200;

export function toDriver(rules: JsonList, { dialect, programVersion }: RenderOptions): JsonObject {
  if (dialect === 'plimsoll') {
    return new JsonObject({ fullName: 'Plimsoll image scanner', name: 'Plimsoll', rules, version: programVersion });
  }
  return new JsonObject({
    fullName: 'Trivy Vulnerability Scanner',
    informationUri: 'https://github.com/aquasecurity/trivy',
    name: 'Trivy',
    rules,
    version: programVersion,
  });
}

/**
 * What tells analyses apart (section 3.17.2): code scanning takes the part up to the last slash for the category, replaces
 * the alerts of a category with every upload of it, and refuses two runs of one category.
 */
export function toAutomationDetails(
  { artifact }: Report,
  { number }: Part,
  { sarifCategory }: RenderOptions,
): Record<string, unknown> {
  const category = `${sarifCategory?.replace(/\/+$/, '') || `plimsoll/${withoutTag(artifact.name)}`}/`;
  return { id: number === 1 ? category : `${category}part-${number}/` };
}

/** Without tag and digest, which change with every build. */
function withoutTag(name: string): string {
  try {
    return familiarName(parseImageReference(name));
  } catch (error) {
    // Archives and directories have names too.
    if (isAppError(error, 'CORE_REFERENCE_INVALID')) return name.replaceAll('\\', '/').replace(/^[./]+/, '');
    throw error;
  }
}

/** What could not be judged, and so whether the run succeeded (SARIF 2.1.0 sections 3.20.14 and 3.20.21). */
export function toInvocation({ coverage }: Report, remarks: readonly CoverageNote[]): Record<string, unknown> {
  const incomplete = openNotes({ coverage });
  const more = incomplete.length - maxNotifications;
  const notifications = [
    ...remarks.map((note) => toNotification(note, 'warning')),
    ...incomplete.slice(0, maxNotifications).map((note) => toNotification(note, 'error')),
    ...(more > 0 ? [{ level: 'error', message: { text: `${more} more could not be judged` } }] : []),
  ];
  return {
    executionSuccessful: isComplete(coverage.notes),
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

function toNotification({ code, message, path }: CoverageNote, level: 'warning' | 'error'): Record<string, unknown> {
  return {
    descriptor: { id: code },
    level,
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
