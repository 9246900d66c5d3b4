import { type Json, objectsOf, textOf, textsOf } from '../json.ts';
import type { FileRef, Relation } from '../model.ts';

/** How the elements of a document hang together. */
export interface Connections {
  readonly relations: readonly Relation[];
  /** What the document is about, in its order. */
  readonly described: readonly string[];
  /** Files by the package that they belong to. */
  readonly files: ReadonlyMap<string, ReadonlySet<FileRef>>;
  /** Packages that others lie in. */
  readonly holders: ReadonlySet<string>;
}

interface Meaning {
  readonly kind: Relation['kind'] | 'describes';
  readonly isReverse?: true;
}

/** The relationship types that say what we have words for (spdx-spec 11.1). */
const meanings: Readonly<Record<string, Meaning>> = {
  DESCRIBES: { kind: 'describes' },
  DESCRIBED_BY: { kind: 'describes', isReverse: true },
  CONTAINS: { kind: 'contains' },
  CONTAINED_BY: { kind: 'contains', isReverse: true },
  DEPENDS_ON: { kind: 'depends-on' },
  DEPENDENCY_OF: { kind: 'depends-on', isReverse: true },
  RUNTIME_DEPENDENCY_OF: { kind: 'depends-on', isReverse: true },
};

export function readConnections(document: Json, byId: ReadonlyMap<string, FileRef>): Connections {
  const relations: Relation[] = [];
  const described = new Set(textsOf(document['documentDescribes']));
  const files = new Map<string, Set<FileRef>>();
  const link = (from: string, to: string, kind: Relation['kind']): void => {
    const file = byId.get(to);
    if (file === undefined) relations.push({ from, to, kind });
    else addFile(files, from, file);
  };
  for (const relationship of objectsOf(document['relationships'])) {
    const [from, to] = [textOf(relationship['spdxElementId']), textOf(relationship['relatedSpdxElement'])];
    const meaning = meaningOf(relationship);
    if (from === undefined || to === undefined || meaning === undefined) continue;
    const [start, end] = meaning.isReverse ? [to, from] : [from, to];
    if (meaning.kind === 'describes') described.add(end);
    else link(start, end, meaning.kind);
  }
  for (const json of objectsOf(document['packages'])) {
    for (const id of textsOf(json['hasFiles'])) link(textOf(json['SPDXID']) ?? '', id, 'contains');
  }
  const holders = new Set(relations.filter(({ kind }) => kind === 'contains').map(({ from }) => from));
  return { relations, described: [...described], files, holders };
}

/** Syft says by a comment which file told it of a package. */
function meaningOf(relationship: Json): Meaning | undefined {
  const type = textOf(relationship['relationshipType']) ?? '';
  if (type === 'OTHER' && textOf(relationship['comment'])?.startsWith('evident-by:')) return { kind: 'contains' };
  return meanings[type];
}

function addFile(files: Map<string, Set<FileRef>>, owner: string, file: FileRef): void {
  const known = files.get(owner);
  if (known === undefined) files.set(owner, new Set([file]));
  else known.add(file);
}
