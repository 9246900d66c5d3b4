import { toVisibleLine, toVisibleText } from '../../../kit/visible-text.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../../json.ts';

/** A document of SPDX's JSON form as tags and values, in the order that the specification describes them. */
export function formatTagValue(document: Json): string {
  const lines = new Lines();
  lines.add('SPDXVersion', document['spdxVersion']);
  lines.add('DataLicense', document['dataLicense']);
  lines.add('SPDXID', document['SPDXID']);
  lines.add('DocumentName', document['name']);
  lines.add('DocumentNamespace', document['documentNamespace']);
  const creation = objectOf(document['creationInfo']);
  for (const creator of textsOf(creation['creators'])) lines.add('Creator', creator);
  lines.add('Created', creation['created']);
  lines.addText('CreatorComment', creation['comment']);
  const files = filesByOwner(document);
  for (const json of objectsOf(document['packages'])) {
    addPackage(lines, json);
    for (const file of files.get(textOf(json['SPDXID']) ?? '') ?? []) addFile(lines, file);
  }
  for (const info of objectsOf(document['hasExtractedLicensingInfos'])) addLicense(lines, info);
  lines.heading('Relationships');
  for (const json of objectsOf(document['relationships'])) {
    const { spdxElementId, relationshipType, relatedSpdxElement } = json;
    lines.add('Relationship', `${spdxElementId} ${relationshipType} ${relatedSpdxElement}`);
  }
  for (const json of objectsOf(document['packages'])) addAnnotations(lines, json);
  return lines.toString();
}

/** Lines with whatever they are given made harmless. */
class Lines {
  readonly #lines: string[] = [];

  heading(text: string): void {
    this.#lines.push('', `##### ${toVisibleLine(text)}`, '');
  }

  /** One line; nothing for what is no text. */
  add(tag: string, value: unknown): void {
    const text = textOf(value);
    if (text !== undefined) this.#lines.push(`${tag}: ${toVisibleLine(text)}`);
  }

  /** A value that may have several lines. */
  addText(tag: string, value: unknown): void {
    const text = textOf(value);
    if (text === undefined) return;
    this.#lines.push(`${tag}: <text>${toVisibleText(text).replaceAll('</text>', '</ text>')}</text>`);
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

/** Files stand below the package that they belong to. */
function filesByOwner(document: Json): Map<string, Json[]> {
  const byId = new Map(objectsOf(document['files']).map((file) => [file['SPDXID'], file]));
  const owned = new Map<string, Json[]>();
  const placed = new Set<Json>();
  for (const { spdxElementId, relatedSpdxElement, relationshipType } of objectsOf(document['relationships'])) {
    const file = relationshipType === 'CONTAINS' ? byId.get(relatedSpdxElement) : undefined;
    if (file === undefined || placed.has(file)) continue;
    placed.add(file);
    const owner = String(spdxElementId);
    const known = owned.get(owner);
    if (known === undefined) owned.set(owner, [file]);
    else known.push(file);
  }
  return owned;
}

function addPackage(lines: Lines, json: Json): void {
  lines.heading(`Package: ${textOf(json['name']) ?? ''}`);
  lines.add('PackageName', json['name']);
  lines.add('SPDXID', json['SPDXID']);
  lines.add('PackageVersion', json['versionInfo']);
  lines.add('PackageSupplier', json['supplier']);
  lines.add('PackageDownloadLocation', json['downloadLocation']);
  lines.add('FilesAnalyzed', String(json['filesAnalyzed'] === true));
  lines.add('PackageVerificationCode', objectOf(json['packageVerificationCode'])['packageVerificationCodeValue']);
  addChecksums(lines, 'PackageChecksum', json);
  lines.addText('PackageSourceInfo', json['sourceInfo']);
  lines.add('PackageLicenseConcluded', json['licenseConcluded']);
  lines.add('PackageLicenseDeclared', json['licenseDeclared']);
  addAssertable(lines, 'PackageCopyrightText', json['copyrightText']);
  lines.addText('PackageDescription', json['description']);
  for (const reference of objectsOf(json['externalRefs'])) {
    const { referenceCategory, referenceType, referenceLocator } = reference;
    lines.add('ExternalRef', `${referenceCategory} ${referenceType} ${referenceLocator}`);
    lines.addText('ExternalRefComment', reference['comment']);
  }
  lines.add('PrimaryPackagePurpose', textOf(json['primaryPackagePurpose'])?.replaceAll('_', '-'));
}

function addFile(lines: Lines, json: Json): void {
  lines.heading(`File: ${textOf(json['fileName']) ?? ''}`);
  lines.add('FileName', json['fileName']);
  lines.add('SPDXID', json['SPDXID']);
  addChecksums(lines, 'FileChecksum', json);
  lines.add('LicenseConcluded', json['licenseConcluded']);
  addAssertable(lines, 'FileCopyrightText', json['copyrightText']);
}

function addLicense(lines: Lines, json: Json): void {
  lines.heading(`License: ${textOf(json['licenseId']) ?? ''}`);
  lines.add('LicenseID', json['licenseId']);
  lines.addText('ExtractedText', json['extractedText']);
  lines.add('LicenseName', json['name']);
}

function addAnnotations(lines: Lines, json: Json): void {
  for (const annotation of objectsOf(json['annotations'])) {
    lines.heading('Annotation');
    lines.add('Annotator', annotation['annotator']);
    lines.add('AnnotationDate', annotation['annotationDate']);
    lines.add('AnnotationType', annotation['annotationType']);
    lines.add('SPDXREF', json['SPDXID']);
    lines.addText('AnnotationComment', annotation['comment']);
  }
}

function addChecksums(lines: Lines, tag: string, json: Json): void {
  for (const { algorithm, checksumValue } of objectsOf(json['checksums'])) {
    lines.add(tag, `${algorithm}: ${checksumValue}`);
  }
}

/** The words for "not known" stand without text marks. */
function addAssertable(lines: Lines, tag: string, value: unknown): void {
  if (value === 'NOASSERTION' || value === 'NONE') lines.add(tag, value);
  else lines.addText(tag, value);
}
