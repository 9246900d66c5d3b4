import type { Json } from '../../json.ts';

/** One element while its tags are read; lists grow. */
type Element = Record<string, unknown>;

type Context = 'document' | 'package' | 'file' | 'license' | 'annotation' | 'other';

/** Fields that one tag fills, by the part of the document that the tag stands in. */
const fields: Readonly<Record<Context, Readonly<Record<string, string>>>> = {
  document: {
    SPDXVersion: 'spdxVersion',
    SPDXID: 'SPDXID',
    DataLicense: 'dataLicense',
    DocumentName: 'name',
    DocumentNamespace: 'documentNamespace',
  },
  package: {
    SPDXID: 'SPDXID',
    PackageVersion: 'versionInfo',
    PackageSupplier: 'supplier',
    PackageOriginator: 'originator',
    PackageSourceInfo: 'sourceInfo',
    PackageLicenseConcluded: 'licenseConcluded',
    PackageLicenseDeclared: 'licenseDeclared',
    PackageCopyrightText: 'copyrightText',
    PackageDescription: 'description',
    PackageDownloadLocation: 'downloadLocation',
    PrimaryPackagePurpose: 'primaryPackagePurpose',
  },
  file: { SPDXID: 'SPDXID', LicenseConcluded: 'licenseConcluded', FileCopyrightText: 'copyrightText' },
  license: { ExtractedText: 'extractedText', LicenseName: 'name' },
  annotation: {
    AnnotationDate: 'annotationDate',
    AnnotationType: 'annotationType',
    AnnotationComment: 'comment',
  },
  other: {},
};

/** Tags that begin an element: the part of the document, and the field for their own value. */
const beginnings: Readonly<Record<string, { readonly context: Context; readonly field: string }>> = {
  PackageName: { context: 'package', field: 'name' },
  FileName: { context: 'file', field: 'fileName' },
  LicenseID: { context: 'license', field: 'licenseId' },
  Annotator: { context: 'annotation', field: 'annotator' },
  SnippetSPDXID: { context: 'other', field: 'id' },
  Reviewer: { context: 'other', field: 'reviewer' },
};

/** Gathers tags into elements. */
export class Sections {
  readonly #document: Element = {};
  readonly #creators: string[] = [];
  #created: string | undefined;
  #creatorComment: string | undefined;
  readonly #lists: Readonly<Record<Context, Element[]>> = {
    document: [],
    package: [],
    file: [],
    license: [],
    annotation: [],
    other: [],
  };
  readonly #relationships: Json[] = [];
  readonly #annotated = new Map<string, Element[]>();
  #context: Context = 'document';
  #element: Element = this.#document;
  /** Files belong to the package above them. */
  #package: Element | undefined;

  add(tag: string, value: string): void {
    const beginning = beginnings[tag];
    if (beginning !== undefined) this.#begin(beginning.context, beginning.field, value);
    else if (tag === 'Creator') this.#creators.push(value);
    else if (tag === 'Created') this.#created = value;
    else if (tag === 'CreatorComment') this.#creatorComment = value;
    else if (tag === 'Relationship') this.#relate(value);
    else if (tag === 'RelationshipComment') this.#comment(value);
    else if (tag === 'SPDXREF') this.#annotate(value);
    else if (tag === 'ExternalRef') this.#append('externalRefs', parseReference(value));
    else if (tag === 'PackageChecksum' || tag === 'FileChecksum') this.#append('checksums', parseChecksum(value));
    else this.#set(tag, value);
  }

  toDocument(): Json {
    const packages = this.#lists.package.map((element) => ({
      ...element,
      annotations: this.#annotated.get(String(element['SPDXID'])) ?? [],
    }));
    return {
      ...this.#document,
      creationInfo: { creators: this.#creators, created: this.#created, comment: this.#creatorComment },
      packages,
      files: this.#lists.file,
      hasExtractedLicensingInfos: this.#lists.license,
      relationships: this.#relationships,
    };
  }

  #begin(context: Context, field: string, value: string): void {
    this.#context = context;
    this.#element = { [field]: value };
    this.#lists[context].push(this.#element);
    if (context === 'package') this.#package = this.#element;
  }

  #set(tag: string, value: string): void {
    const field = fields[this.#context][tag];
    if (field === undefined || this.#element[field] !== undefined) return;
    this.#element[field] = value;
    if (this.#context === 'file' && field === 'SPDXID' && this.#package !== undefined) {
      append(this.#package, 'hasFiles', value);
    }
  }

  #append(field: string, item: Json | undefined): void {
    if (item !== undefined) append(this.#element, field, item);
  }

  #relate(value: string): void {
    const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
    this.#relationships.push({ spdxElementId, relationshipType, relatedSpdxElement });
  }

  #comment(value: string): void {
    const last = this.#relationships.pop();
    if (last !== undefined) this.#relationships.push({ ...last, comment: value });
  }

  #annotate(id: string): void {
    if (this.#context !== 'annotation') return;
    const known = this.#annotated.get(id);
    if (known === undefined) this.#annotated.set(id, [this.#element]);
    else known.push(this.#element);
  }
}

function append(element: Element, field: string, item: unknown): void {
  const list = element[field];
  if (Array.isArray(list)) list.push(item);
  else element[field] = [item];
}

/** `CATEGORY type locator`. */
function parseReference(value: string): Json | undefined {
  const [referenceCategory, referenceType, referenceLocator] = value.split(/\s+/);
  return referenceLocator === undefined ? undefined : { referenceCategory, referenceType, referenceLocator };
}

/** `ALGORITHM: value`. */
function parseChecksum(value: string): Json | undefined {
  const colon = value.indexOf(':');
  return colon < 1 ? undefined : { algorithm: value.slice(0, colon), checksumValue: value.slice(colon + 1).trim() };
}
