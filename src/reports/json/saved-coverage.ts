import type {
  AdvisoryData,
  Coverage,
  CoverageCode,
  CoverageNote,
  ErrorData,
  Verdict,
  VerdictReason,
} from '../../core/index.ts';
import { isObject, type Json, objectOf, objectsOf, textOf } from '../../kit/json-value.ts';
import { amountOf, layerOf, memberOf, present } from './saved-values.ts';

/** What is not known to be a mere note keeps a gate from passing. */
export function readNote(entry: Json): CoverageNote {
  return {
    effect: entry['Effect'] === 'note' ? 'note' : 'incomplete',
    code: readCode(entry['Code']),
    message: textOf(entry['Message']) ?? '',
    ...present({ path: textOf(entry['Path']), layer: layerOf(entry['Layer']), data: readNoteData(entry['Data']) }),
  };
}

/** A later version may know codes that this one does not, so any that looks like one is kept. */
function readCode(value: unknown): CoverageCode {
  const known = typeof value === 'string' && /^[a-z][a-z-]{1,63}$/.test(value);
  return known ? (value as CoverageCode) : 'report-lacks';
}

function readNoteData(value: unknown): ErrorData | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter(
      (member): member is [string, string | number | boolean] =>
        typeof member[1] === 'string' || typeof member[1] === 'number' || typeof member[1] === 'boolean',
    ),
  );
}

export function readVerdict(value: Json): Verdict {
  return {
    result: memberOf(value['Result'], ['pass', 'fail']) ?? 'incomplete',
    gated: value['Gated'] === true,
    reasons: objectsOf(value['Reasons']).map(readReason),
  };
}

function readReason(entry: Json): VerdictReason {
  const kind = memberOf(entry['Kind'], ['findings', 'end-of-life']);
  switch (kind) {
    case 'findings':
      return { kind, count: amountOf(entry['Count']) ?? 1 };
    case 'end-of-life':
      return { kind, family: textOf(entry['Family']) ?? '', release: textOf(entry['Release']) ?? '' };
    default:
      return { kind: 'incomplete', note: readNote(entry) };
  }
}

export function readCataloger(entry: Json): Coverage['catalogers'][number] {
  return {
    cataloger: textOf(entry['Cataloger']) ?? '',
    files: amountOf(entry['Files']) ?? 0,
    packages: amountOf(entry['Packages']) ?? 0,
  };
}

export function readData(entry: Json): AdvisoryData {
  const { Name: name, UpdatedAt: updatedAt, NextUpdate: nextUpdate, DownloadedAt: downloadedAt } = objectOf(entry);
  return {
    name: textOf(name) ?? '',
    ...present({
      updatedAt: textOf(updatedAt),
      nextUpdate: textOf(nextUpdate),
      downloadedAt: textOf(downloadedAt),
    }),
  };
}
