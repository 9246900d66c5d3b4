import type { Finding, Package, Result, SuppressedFinding } from '../../core/index.ts';
import { isObject, type Json, objectOf, objectsOf, textOf } from '../../kit/json-value.ts';
import { readFinding, readFoundPackage } from './saved-finding.ts';
import { readPackage } from './saved-package.ts';
import { readProof, resultKey, type SavedProof, type Section } from './saved-section.ts';

interface ReadResults {
  readonly results: readonly Result[];
  readonly unread: Readonly<Record<string, number>>;
  readonly damaged: number;
}

/** The lists of a result that hold findings of a kind that there is none of here, by scanner. */
const otherKinds = { Secrets: 'secret', Misconfigurations: 'misconfig', Licenses: 'license' } as const;

/** Every result with packages or vulnerabilities, and how much of the others is left out. */
export function readResults(document: Json, section: Section | undefined): ReadResults {
  const entries = listIn(document, 'Results');
  const reading = new Reading(section);
  const results = entries.flatMap((entry) => (isObject(entry) ? reading.readResult(entry) : reading.skip()));
  return {
    results: [...results, ...reading.readRest()],
    unread: countOthers(entries.filter(isObject)),
    damaged: reading.damaged,
  };
}

class Reading {
  damaged = 0;
  readonly #section: Section | undefined;
  /** Proofs stand in the order of the findings, but not every finding need have one. */
  #nextProof = 0;
  readonly #suppressed: Map<string, readonly Json[]>;

  constructor(section: Section | undefined) {
    this.#section = section;
    this.#suppressed = new Map(section?.suppressed);
  }

  skip(): [] {
    this.damaged++;
    return [];
  }

  readResult(entry: Json): Result[] {
    const packages = this.#readPackages(entry);
    const target = textOf(entry['Target']) ?? '';
    const found = new PackageIndex(packages);
    const findings = listIn(entry, 'Vulnerabilities').flatMap((item) => {
      const finding = isObject(item) ? this.#readFinding(item, found) : undefined;
      return finding === undefined ? this.skip() : [this.#withProof(finding, target)];
    });
    const suppressed = this.#takeSuppressed(entry).flatMap((item) => this.#readSuppressed(item, found));
    if (found.all.length + findings.length + suppressed.length === 0) return [];
    const type = textOf(entry['Type']) ?? '';
    const kind = entry['Class'] === 'os-pkgs' ? 'os-pkgs' : 'lang-pkgs';
    return [{ target, class: kind, type, packages: found.all, findings, ...(suppressed.length > 0 && { suppressed }) }];
  }

  /** Results of which nothing is left but what was left out by decision. */
  readRest(): Result[] {
    return [...this.#suppressed.values()].flatMap(([first]) => (first === undefined ? [] : this.readResult(first)));
  }

  #readFinding(entry: Json, packages: PackageIndex): Finding | undefined {
    const pkg = packages.find(entry);
    return pkg && readFinding(entry, pkg);
  }

  #readPackages(entry: Json): Package[] {
    return listIn(entry, 'Packages').flatMap((item) => {
      const pkg = isObject(item) ? readPackage(item) : undefined;
      if (pkg === undefined) return this.skip();
      const fileChecksum = this.#section?.fileChecksums.get(pkg.uid ?? '');
      return [fileChecksum === undefined ? pkg : { ...pkg, fileChecksum }];
    });
  }

  #withProof(finding: Finding, target: string): Finding {
    const next = this.#section?.proofs[this.#nextProof];
    if (next === undefined || !isProofOf(next, finding, target)) return finding;
    this.#nextProof++;
    return { ...finding, proof: next.proof };
  }

  /** What somebody decided to leave out: our own section has all of it, Trivy's list is there on request. */
  #takeSuppressed(entry: Json): readonly Json[] {
    if (this.#section === undefined) {
      return objectsOf(entry['ExperimentalModifiedFindings']).filter(({ Type: type }) => type === 'vulnerability');
    }
    const key = resultKey(entry);
    const own = this.#suppressed.get(key) ?? [];
    this.#suppressed.delete(key);
    return own;
  }

  #readSuppressed(entry: Json, packages: PackageIndex): SuppressedFinding[] {
    const finding = this.#readFinding(objectOf(entry['Finding']), packages);
    if (finding === undefined) return this.skip();
    const statement = textOf(entry['Statement']);
    const proof = readProof(entry['Proof']);
    return [
      {
        finding: proof === undefined ? finding : { ...finding, proof },
        status: 'ignored',
        source: textOf(entry['Source']) ?? '',
        ...(statement !== undefined && { statement }),
      },
    ];
  }
}

function isProofOf({ target, id, name, path }: SavedProof, finding: Finding, of: string): boolean {
  const { name: pkgName, filePath } = finding.package;
  return target === of && id === finding.id && name === pkgName && path === filePath;
}

/** The packages of a result, found by what a finding says of its own; one that is not listed joins them. */
class PackageIndex {
  readonly all: Package[];
  readonly #byKey: Map<string, Package>;

  constructor(packages: readonly Package[]) {
    this.all = [...packages];
    this.#byKey = new Map(packages.toReversed().flatMap((pkg) => keysOf(pkg).map((key) => [key, pkg])));
  }

  find(entry: Json): Package | undefined {
    const told = readFoundPackage(entry);
    if (told === undefined) return undefined;
    const known = keysOf(told)
      .map((key) => this.#byKey.get(key))
      .find((pkg) => pkg !== undefined);
    if (known !== undefined) return known;
    this.all.push(told);
    for (const key of keysOf(told)) this.#byKey.set(key, told);
    return told;
  }
}

/** The most telling first. */
function keysOf({ uid, id, name, version, filePath = '' }: Package): string[] {
  const place = id === undefined ? ['version', name, version] : ['id', name, id];
  return [...(uid === undefined ? [] : [`uid\n${uid}`]), [...place, filePath].join('\n')];
}

function listIn(entry: Json, name: string): readonly unknown[] {
  const value = entry[name];
  return Array.isArray(value) ? value : [];
}

/** Checks that held are no findings. */
function countOthers(entries: readonly Json[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of entries) {
    for (const [name, scanner] of Object.entries(otherKinds)) {
      const found = listIn(entry, name).filter((item) => !isObject(item) || item['Status'] !== 'PASS').length;
      if (found > 0) counts[scanner] = (counts[scanner] ?? 0) + found;
    }
  }
  return counts;
}
