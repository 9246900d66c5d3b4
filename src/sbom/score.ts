import { parsePackageUrl } from '../core/index.ts';
import type { Bom, Component } from './model.ts';
import { fullName, packagesOf } from './packages.ts';

/** How far an SBOM has what a list of minimum elements asks for. */
export interface BomScore {
  readonly list: 'ntia-2021' | 'cisa-2025';
  readonly title: string;
  /** 0 to 100: the mean of the elements' shares, rounded down. */
  readonly points: number;
  readonly elements: readonly ElementScore[];
}

export interface ElementScore {
  readonly title: string;
  /** How many have it, of how many that should. */
  readonly present: number;
  readonly total: number;
  /** Names of packages without it, a few; empty for what the document itself lacks. */
  readonly missing: readonly string[];
}

interface Facts {
  readonly bom: Bom;
  readonly packages: readonly Component[];
  /** References that a relation names. */
  readonly related: ReadonlySet<string>;
}

type Element = { readonly title: string } & (
  | { readonly ofDocument: (facts: Facts) => boolean }
  | { readonly ofPackage: (component: Component, facts: Facts) => boolean }
);

const author: Element = {
  title: 'Author of the SBOM data',
  ofDocument: ({ bom: { document } }) => document.authors.length > 0 || document.tools.length > 0,
};
const timestamp: Element = {
  title: 'Timestamp',
  ofDocument: ({ bom: { document } }) => !Number.isNaN(Date.parse(document.created ?? '')),
};
const name: Element = { title: 'Component name', ofPackage: (component) => component.name !== '' };
const version: Element = { title: 'Component version', ofPackage: (component) => Boolean(component.version) };
const identifier: Element = {
  title: 'Unique identifier',
  ofPackage: ({ purl, cpe, kind }) =>
    kind === 'operating-system' || cpe !== undefined || (purl !== undefined && parsePackageUrl(purl) !== undefined),
};
const relationship: Element = {
  title: 'Dependency relationship',
  ofPackage: ({ ref }, { related }) => related.has(ref),
};
const supplier = (title: string): Element => ({
  title,
  ofPackage: (component) => component.supplier !== undefined || component.kind === 'operating-system',
});

/** The Minimum Elements For a Software Bill of Materials (NTIA, July 2021), "Data Fields". */
const ntia: readonly Element[] = [
  supplier('Supplier name'),
  name,
  version,
  identifier,
  relationship,
  author,
  timestamp,
];

/** 2025 Minimum Elements for a Software Bill of Materials (CISA, draft of August 2025), "Data Fields". */
const cisa: readonly Element[] = [
  { ...author, title: 'SBOM author', ofDocument: ({ bom }: Facts) => bom.document.authors.length > 0 },
  supplier('Software producer'),
  name,
  version,
  { ...identifier, title: 'Software identifiers' },
  {
    title: 'Component hash',
    ofPackage: ({ hashes = [], files = [], kind }) =>
      kind === 'operating-system' || hashes.length > 0 || files.some((file) => (file.hashes ?? []).length > 0),
  },
  { title: 'License', ofPackage: ({ licenses = [], kind }) => kind === 'operating-system' || licenses.length > 0 },
  relationship,
  { title: 'Tool name', ofDocument: ({ bom }) => bom.document.tools.length > 0 },
  timestamp,
  { title: 'Generation context', ofDocument: ({ bom }) => (bom.document.lifecycles ?? []).length > 0 },
];

/** How an SBOM does by both lists. */
export function scoreBom(bom: Bom): BomScore[] {
  const facts: Facts = {
    bom,
    packages: packagesOf(bom),
    related: new Set(bom.relations.flatMap(({ from, to }) => [from, to])),
  };
  return [
    toScore('ntia-2021', 'NTIA minimum elements (2021)', ntia, facts),
    toScore('cisa-2025', 'CISA minimum elements (2025 draft)', cisa, facts),
  ];
}

function toScore(list: BomScore['list'], title: string, wanted: readonly Element[], facts: Facts): BomScore {
  const elements = wanted.map((element) => scoreElement(element, facts));
  const shares = elements.map(({ present, total }) => (total === 0 ? 0 : present / total));
  const points = Math.floor((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length + 1e-9);
  return { list, title, points, elements };
}

const shown = 5;

function scoreElement(element: Element, facts: Facts): ElementScore {
  const { title } = element;
  if ('ofDocument' in element) {
    return { title, present: element.ofDocument(facts) ? 1 : 0, total: 1, missing: [] };
  }
  const without = facts.packages.filter((component) => !element.ofPackage(component, facts));
  return {
    title,
    present: facts.packages.length - without.length,
    total: facts.packages.length,
    missing: without.slice(0, shown).map((component) => `${fullName(component)}@${component.version ?? ''}`),
  };
}
