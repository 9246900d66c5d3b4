import { References } from './compose/ref.ts';
import type { Bom, BomDocument, Component, DecodedBom, Relation } from './model.ts';
import { makeProperties, ownProperties } from './properties.ts';

/** What a merged document says of itself. */
export interface MergeOptions {
  readonly name: string;
  readonly id: string;
  readonly created: Date;
  readonly tool: BomDocument['tools'][number];
}

/**
 * One SBOM of several: a new subject that contains theirs. What is the same in every word is one component; of two that
 * share only a reference, the later gets another.
 */
export function mergeBoms(boms: readonly DecodedBom[], { name, id, created, tool }: MergeOptions): Bom {
  const references = new References();
  const subject = toSubject(name, boms, references);
  const known = new Map<string, string>();
  const components: Component[] = [];
  const relations = new Map<string, Relation>();
  for (const bom of boms) {
    const refs = new Map<string, string>();
    for (const component of componentsOf(bom)) {
      const content = JSON.stringify(component);
      const ref = known.get(content) ?? references.take(component.ref, [bom.document.id, component.ref]);
      refs.set(component.ref, ref);
      if (known.has(content)) continue;
      known.set(content, ref);
      components.push({ ...component, ref });
    }
    for (const relation of mergeRelations(bom, subject.ref, refs)) {
      relations.set(`${relation.from}\n${relation.to}\n${relation.kind}`, relation);
    }
  }
  return {
    document: {
      name,
      id,
      created: `${created.toISOString().slice(0, 19)}Z`,
      tools: [tool],
      authors: [...new Set(boms.flatMap(({ document }) => document.authors))],
      ...(boms.some(({ document }) => document.isIncomplete) && { isIncomplete: true }),
    },
    subject,
    components,
    relations: [...relations.values()],
    vulnerabilities: [],
  };
}

function componentsOf({ subject, components }: DecodedBom): readonly Component[] {
  return subject === undefined ? components : [subject, ...components];
}

/** Gaps of its parts are gaps of the whole. */
function toSubject(name: string, boms: readonly DecodedBom[], references: References): Component {
  const gaps = boms.flatMap(({ subject }) => (subject === undefined ? [] : ownProperties(subject, 'Incomplete')));
  return {
    ref: references.take(undefined, ['merged', name]),
    kind: 'application',
    name,
    properties: makeProperties({}, { Incomplete: [...new Set(gaps)] }),
  };
}

/** What nothing else in its document leads to belongs to the new subject itself. */
function mergeRelations(bom: DecodedBom, owner: string, refs: ReadonlyMap<string, string>): Relation[] {
  const inner = bom.relations.flatMap(({ from, to, kind }): Relation[] => {
    const [start, end] = [refs.get(from), refs.get(to)];
    return start === undefined || end === undefined ? [] : [{ from: start, to: end, kind }];
  });
  const needed = new Set(inner.map(({ to }) => to));
  const roots =
    bom.subject === undefined ? componentsOf(bom).filter(({ ref }) => !needed.has(refs.get(ref) ?? '')) : [bom.subject];
  return [...roots.map(({ ref }): Relation => ({ from: owner, to: refs.get(ref) ?? '', kind: 'contains' })), ...inner];
}
