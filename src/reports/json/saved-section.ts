import { type Digest, type MatchProof, type Severity, severities } from '../../core/index.ts';
import { isObject, type Json, objectOf, objectsOf, textOf, textsOf } from '../../kit/json-value.ts';
import { reportError } from '../errors.ts';
import type { Report } from '../report.ts';
import { readCataloger, readData, readNote, readVerdict } from './saved-coverage.ts';
import { amountOf, digestOf, listOf, memberOf, present } from './saved-values.ts';

/** What our own section says of a report. */
export interface Section extends Pick<Report, 'scanners' | 'severities' | 'verdict' | 'coverage' | 'data' | 'subject'> {
  readonly listsPackages: boolean;
  readonly manifestDigest: Digest | undefined;
  readonly repositoryRelease: string | undefined;
  readonly proofs: readonly SavedProof[];
  /** By the result that they belong to, see `resultKey`. */
  readonly suppressed: ReadonlyMap<string, readonly Json[]>;
  /** By the identifier of the package. */
  readonly fileChecksums: ReadonlyMap<string, string>;
  readonly damaged: number;
}

export interface SavedProof {
  readonly target: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly proof: MatchProof;
}

/** Undefined where there is none. @throws REPORTS_SAVED_INVALID, REPORTS_SAVED_UNSUPPORTED */
export function readSection(value: unknown): Section | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value) || !isObject(value['Verdict']) || !isObject(value['Coverage'])) {
    throw reportError('REPORTS_SAVED_INVALID', {
      data: { reason: 'its Plimsoll section has no verdict or no coverage' },
    });
  }
  if (value['SchemaVersion'] !== 1) {
    const kind = `with a Plimsoll section of schema ${String(value['SchemaVersion']).slice(0, 20)}`;
    throw reportError('REPORTS_SAVED_UNSUPPORTED', { data: { kind } });
  }
  const { ManifestDigest: manifest, RepositoryRelease: release, Subject: subject } = objectOf(value['Artifact']);
  const notes = Array.isArray(value['Coverage']['Notes']) ? value['Coverage']['Notes'] : [];
  return {
    scanners: textsOf(value['Scanners']),
    severities: readSeverities(value['Severities']),
    listsPackages: value['ListsPackages'] === true,
    verdict: readVerdict(value['Verdict']),
    coverage: {
      catalogers: objectsOf(value['Coverage']['Catalogers']).map(readCataloger),
      notes: notes.filter(isObject).map(readNote),
    },
    data: objectsOf(value['Data']).map(readData),
    ...(isObject(subject) && { subject: readSubject(subject) }),
    manifestDigest: digestOf(manifest),
    repositoryRelease: textOf(release),
    proofs: objectsOf(value['Proofs']).flatMap(readSavedProof),
    suppressed: Map.groupBy(objectsOf(value['Suppressed']), resultKey),
    fileChecksums: readChecksums(value['FileChecksums']),
    damaged: notes.filter((note) => !isObject(note)).length,
  };
}

/** What tells one result of a report from another. */
export function resultKey(entry: Json): string {
  return JSON.stringify([entry['Target'], entry['Class'], entry['Type']]);
}

/** Undefined where it is not told, or not in full. */
export function readProof(value: unknown): MatchProof | undefined {
  const { Source: bucket, LookedUp: lookedUp, Compared: compared, Range: range } = objectOf(value);
  const texts = [bucket, lookedUp, compared, range];
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  const [first = '', second = '', third = '', fourth = ''] = texts;
  return { bucket: first, lookedUp: second, compared: third, range: fourth };
}

function readSavedProof(entry: Json): SavedProof[] {
  const proof = readProof(entry);
  if (proof === undefined) return [];
  const { Target: target, VulnerabilityID: id, PkgName: name, PkgPath: path } = entry;
  return [{ target: textOf(target) ?? '', id: textOf(id) ?? '', name: textOf(name), path: textOf(path), proof }];
}

/** All where none are told: a filter that leaves out everything is nothing that anybody asked for. */
function readSeverities(value: unknown): readonly Severity[] {
  const told = textsOf(value).flatMap((text): Severity[] => {
    const severity = memberOf(text, severities);
    return severity === undefined ? [] : [severity];
  });
  return told.length > 0 ? told : severities;
}

function readChecksums(value: unknown): Map<string, string> {
  return new Map(
    objectsOf(value).flatMap(({ UID: uid, Checksum: checksum }) => {
      const text = textOf(checksum);
      return typeof uid === 'string' && text !== undefined ? [[uid, text] as const] : [];
    }),
  );
}

function readSubject(subject: Json): NonNullable<Report['subject']> {
  return {
    kind: subject['Kind'] === 'container' ? 'container' : 'filesystem',
    name: textOf(subject['Name']) ?? '',
    ...present({
      imageId: digestOf(subject['ImageID']),
      manifestDigest: digestOf(subject['ManifestDigest']),
      architecture: textOf(subject['Architecture']),
      reference: textOf(subject['Reference']),
      repoTags: listOf(subject['RepoTags']),
      repoDigests: listOf(subject['RepoDigests']),
      diffIds: listOf(subject['DiffIDs']),
      size: amountOf(subject['Size']),
    }),
  };
}
