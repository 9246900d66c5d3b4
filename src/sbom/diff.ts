import type { Bom, Component } from './model.ts';
import { fullName, identityOf, licensesOf, packagesOf } from './packages.ts';

/** What two SBOMs do not have in common, each list sorted by name. */
export interface BomDifference {
  readonly added: readonly BomEntry[];
  readonly removed: readonly BomEntry[];
  readonly changed: readonly BomChange[];
}

export interface BomEntry {
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly licenses: readonly string[];
}

/** One package in another version, or under other licences. */
export interface BomChange {
  readonly name: string;
  readonly before: BomEntry;
  readonly after: BomEntry;
}

/** Compares the packages of two SBOMs, whatever their formats; how often and where a package lies does not count. */
export function diffBoms(before: Bom, after: Bom): BomDifference {
  const [old, current] = [entriesOf(before), entriesOf(after)];
  const added: BomEntry[] = [];
  const removed: BomEntry[] = [];
  const changed: BomChange[] = [];
  for (const identity of [...new Set([...old.keys(), ...current.keys()])].sort()) {
    const outcome = compareVersions(old.get(identity) ?? new Map(), current.get(identity) ?? new Map());
    added.push(...outcome.added);
    removed.push(...outcome.removed);
    changed.push(...outcome.changed);
  }
  return { added, removed, changed };
}

type Versions = ReadonlyMap<string, BomEntry>;

function entriesOf(bom: Bom): Map<string, Map<string, BomEntry>> {
  const entries = new Map<string, Map<string, BomEntry>>();
  for (const component of packagesOf(bom)) {
    const identity = identityOf(component);
    const versions = entries.get(identity) ?? new Map<string, BomEntry>();
    entries.set(identity, versions);
    const entry = toEntry(component);
    if (!versions.has(entry.version)) versions.set(entry.version, entry);
  }
  return entries;
}

function toEntry(component: Component): BomEntry {
  const { version = '', purl } = component;
  return {
    name: fullName(component),
    version,
    ...(purl !== undefined && { purl }),
    licenses: licensesOf(component),
  };
}

/** Versions that only one side has are paired in their order: those are packages that changed. */
function compareVersions(old: Versions, current: Versions): BomDifference {
  const gone = [...old].filter(([version]) => !current.has(version)).map(([, entry]) => entry);
  const come = [...current].filter(([version]) => !old.has(version)).map(([, entry]) => entry);
  const pairs = Math.min(gone.length, come.length);
  const changed = gone.slice(0, pairs).flatMap((before, index) => toChange(before, come[index]));
  const kept = [...old].flatMap(([version, before]) => {
    const after = current.get(version);
    return after === undefined || sameLicenses(before, after) ? [] : toChange(before, after);
  });
  return { added: come.slice(pairs), removed: gone.slice(pairs), changed: [...changed, ...kept] };
}

function toChange(before: BomEntry, after: BomEntry | undefined): BomChange[] {
  return after === undefined ? [] : [{ name: after.name, before, after }];
}

/** One of the two may not state licences at all, which is no change of them. */
function sameLicenses(before: BomEntry, after: BomEntry): boolean {
  if (before.licenses.length === 0 || after.licenses.length === 0) return true;
  return before.licenses.join('\n') === after.licenses.join('\n');
}
