import { readHash, writeHash } from '../hashes.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../json.ts';
import { type Problem, Problems } from '../problems.ts';

const elementId = /^SPDXRef-[A-Za-z0-9.-]+$/;
const documentId = 'SPDXRef-DOCUMENT';

/** Holds a document to the rules of SPDX 2 that its readers rely on (spdx-spec 6 to 11). */
export function validateDocument(document: Json): Problem[] {
  const problems = new Problems();
  checkCreation(problems, document);
  problems.addId(textOf(document['SPDXID']), 'SPDXID');
  const defined = new Set(objectsOf(document['hasExtractedLicensingInfos']).map(({ licenseId }) => licenseId));
  const isDefined = (reference: string): boolean => defined.has(reference);
  objectsOf(document['packages']).forEach((json, index) => {
    checkPackage(problems, json, `packages[${index}]`, isDefined);
  });
  objectsOf(document['files']).forEach((json, index) => {
    checkFile(problems, json, `files[${index}]`);
  });
  for (const snippet of objectsOf(document['snippets'])) problems.addId(textOf(snippet['SPDXID']), 'snippets');
  checkRelationships(problems, document);
  return problems.list;
}

function checkCreation(problems: Problems, document: Json): void {
  const { creators, created } = objectOf(document['creationInfo']);
  const namespace = textOf(document['documentNamespace']) ?? '';
  problems.require(document['SPDXID'] === documentId, 'SPDXID', `it must be ${documentId}`);
  problems.require(document['dataLicense'] === 'CC0-1.0', 'dataLicense', 'it must be CC0-1.0');
  problems.require(textOf(document['name']) !== undefined, 'name', 'a document needs a name');
  problems.require(
    /^[a-z][a-z0-9+.-]*:[^\s#]+$/i.test(namespace),
    'documentNamespace',
    'it must be an absolute URI without a fragment',
  );
  problems.require(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(textOf(created) ?? ''),
    'creationInfo.created',
    'it must be a date and time in whole seconds of UTC',
  );
  problems.require(textsOf(creators).length > 0, 'creationInfo.creators', 'a document needs a creator');
  for (const creator of textsOf(creators)) {
    const isSound = /^(?:Tool|Person|Organization): ?\S/.test(creator);
    problems.require(isSound, 'creationInfo.creators', `"${creator}" is no tool, person or organization`);
  }
}

function checkPackage(problems: Problems, json: Json, path: string, isDefined: (reference: string) => boolean): void {
  checkElement(problems, json, path);
  problems.require(textOf(json['name']) !== undefined, `${path}.name`, 'a package needs a name');
  problems.require(
    textOf(json['downloadLocation']) !== undefined,
    `${path}.downloadLocation`,
    'it must be stated, be it as NOASSERTION',
  );
  checkChecksums(problems, json, path);
  for (const field of ['licenseConcluded', 'licenseDeclared']) {
    const license = textOf(json[field]);
    if (license === undefined || license === 'NOASSERTION' || license === 'NONE') continue;
    problems.checkExpression(license, `${path}.${field}`, isDefined);
  }
  const supplier = textOf(json['supplier']);
  const isParty = supplier === undefined || /^(?:NOASSERTION$|(?:Person|Organization): ?\S)/.test(supplier);
  problems.require(isParty, `${path}.supplier`, `"${supplier}" is no person or organization`);
  for (const reference of objectsOf(json['externalRefs'])) {
    if (reference['referenceType'] !== 'purl') continue;
    problems.checkPurl(textOf(reference['referenceLocator']), textOf(json['versionInfo']), `${path}.externalRefs`);
  }
}

function checkFile(problems: Problems, json: Json, path: string): void {
  checkElement(problems, json, path);
  problems.require(textOf(json['fileName']) !== undefined, `${path}.fileName`, 'a file needs a name');
  const hasSha1 = objectsOf(json['checksums']).some(({ algorithm }) => algorithm === 'SHA1');
  problems.require(hasSha1, `${path}.checksums`, 'a file needs its SHA-1');
  checkChecksums(problems, json, path);
}

function checkElement(problems: Problems, json: Json, path: string): void {
  const id = textOf(json['SPDXID']);
  problems.require(elementId.test(id ?? ''), `${path}.SPDXID`, `${id ?? 'nothing'} is no identifier of an element`);
  problems.addId(id, `${path}.SPDXID`);
}

function checkChecksums(problems: Problems, json: Json, path: string): void {
  objectsOf(json['checksums']).forEach(({ algorithm, checksumValue }, index) => {
    const [hash] = readHash(textOf(algorithm), textOf(checksumValue));
    // Algorithms that we do not know may well be sound.
    const isSound = hash !== undefined && (writeHash(hash, 'spdx') !== undefined || !isKnown(hash.algorithm));
    problems.require(isSound, `${path}.checksums[${index}]`, `${algorithm} ${checksumValue} is no checksum`);
  });
}

function isKnown(algorithm: string): boolean {
  return /^(?:md5|sha)/.test(algorithm);
}

function checkRelationships(problems: Problems, document: Json): void {
  let describes = textsOf(document['documentDescribes']).length > 0;
  objectsOf(document['relationships']).forEach((relationship, index) => {
    const path = `relationships[${index}]`;
    const type = textOf(relationship['relationshipType']);
    problems.require(/^[A-Z_]+$/.test(type ?? ''), `${path}.relationshipType`, `${type} is no type of relationship`);
    for (const field of ['spdxElementId', 'relatedSpdxElement']) {
      const id = textOf(relationship[field]) ?? '';
      const isThere = problems.hasId(id) || /^(?:NONE|NOASSERTION|DocumentRef-.+)$/.test(id);
      problems.require(isThere, `${path}.${field}`, `nothing has the identifier ${id}`);
    }
    if (type === 'DESCRIBES' || type === 'DESCRIBED_BY') describes = true;
  });
  problems.require(describes, 'relationships', 'it is not said what the document describes');
}
