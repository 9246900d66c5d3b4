import type { Catalog, Package } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';
import { ecosystemError } from '../errors.ts';
import { moduleId } from './module-id.ts';

/** A `go.mod`, as far as it is needed (go.dev/ref/mod, "go.mod files"). */
interface ModuleFile {
  readonly module?: string;
  readonly go?: string;
  readonly requirements: readonly Requirement[];
  readonly replacements: readonly Replacement[];
}

interface Requirement {
  readonly path: string;
  readonly version: string;
  readonly isIndirect: boolean;
}

interface Replacement {
  readonly path: string;
  /** The version replaced; all when absent. */
  readonly version?: string;
  readonly by: { readonly path: string; readonly version?: string };
}

/** Reads a `go.mod`. @throws PACKAGE_LIST_INVALID, KIT_TEXT_TOO_LONG */
export const catalogModuleFile: Catalog = (file) => {
  return [{ kind: 'packages', type: 'gomod', packages: toPackages(parseModuleFile(readText(file.content))) }];
};

function toPackages(file: ModuleFile): Package[] {
  const packages = new Map<string, Package>();
  // Before Go 1.17 a file does not list all that is needed indirectly, so its go.sum does.
  const isPartial = file.go === undefined || isBefore117(file.go);
  for (const { path, version, isIndirect } of file.requirements) {
    if (isPartial && isIndirect) continue;
    packages.set(path, toPackage(path, version, isIndirect ? 'indirect' : 'direct'));
  }
  for (const replacement of file.replacements) applyReplacement(packages, replacement);
  if (file.module !== undefined) packages.set(file.module, toRoot(file.module, packages));
  return [...packages.values()];
}

function toRoot(path: string, packages: ReadonlyMap<string, Package>): Package {
  const direct = [...packages.values()].filter(({ relationship }) => relationship === 'direct');
  const dependsOn = direct.map(({ id }) => id ?? '').sort();
  return { ...toPackage(path, '', 'root'), ...(dependsOn.length > 0 && { dependsOn }) };
}

function toPackage(name: string, version: string, relationship: Package['relationship'] & string): Package {
  return { id: moduleId(name, version), name, version, relationship };
}

/** What is replaced by a directory has no version of its own and drops out. */
function applyReplacement(packages: Map<string, Package>, { path, version, by }: Replacement): void {
  const old = packages.get(path);
  if (old === undefined || (version !== undefined && version !== old.version)) return;
  packages.delete(path);
  if (by.version !== undefined) packages.set(by.path, toPackage(by.path, by.version, old.relationship ?? 'unknown'));
}

function isBefore117(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  return major !== undefined && Number(major) <= 1 && Number(minor) < 17;
}

interface Draft {
  module?: string;
  go?: string;
  readonly requirements: Requirement[];
  readonly replacements: Replacement[];
}

interface Line {
  readonly words: readonly string[];
  readonly comment: string;
}

/** Directives stand alone or share a block: `require ( … )`. */
function parseModuleFile(text: string): ModuleFile {
  const draft: Draft = { requirements: [], replacements: [] };
  let block: string | undefined;
  for (const raw of text.split('\n')) {
    const { words, comment } = splitLine(raw);
    const [first, second] = words;
    if (first === undefined) continue;
    if (block !== undefined && first === ')') block = undefined;
    else if (block !== undefined) applyDirective(draft, block, { words, comment });
    else if (second === '(') block = first;
    else applyDirective(draft, first, { words: words.slice(1), comment });
  }
  if (block !== undefined) throw invalid(`the ${block} block does not end`);
  return draft;
}

function applyDirective(draft: Draft, verb: string, line: Line): void {
  const [first] = line.words;
  if (verb === 'module' && first !== undefined) draft.module = first;
  else if (verb === 'go' && first !== undefined) draft.go = first;
  else if (verb === 'require') draft.requirements.push(toRequirement(line));
  else if (verb === 'replace') draft.replacements.push(toReplacement(line));
}

function toRequirement({ words: [path, version], comment }: Line): Requirement {
  if (path === undefined || version === undefined) throw invalid('a requirement has no version');
  return { path, version, isIndirect: /^\s*indirect(?:\s*$|;)/.test(comment) };
}

function toReplacement({ words }: Line): Replacement {
  const arrow = words.indexOf('=>');
  const [path, version] = words.slice(0, arrow);
  const [byPath, byVersion] = words.slice(arrow + 1);
  if (arrow < 1 || path === undefined || byPath === undefined) throw invalid('a replacement is not whole');
  return {
    path,
    ...(version !== undefined && { version }),
    by: { path: byPath, ...(byVersion !== undefined && { version: byVersion }) },
  };
}

const beforeComment = /^(?:[^"`/]|\/(?!\/)|"(?:[^"\\]|\\.)*"|`[^`]*`)*/;
const word = /"((?:[^"\\]|\\.)*)"|`([^`]*)`|=>|[(),]|[^\s(),]+/g;

function splitLine(line: string): Line {
  const code = beforeComment.exec(line)?.[0] ?? '';
  const words = [...code.matchAll(word)].map(([whole, quoted, raw]) => quoted ?? raw ?? whole);
  return { words, comment: line.slice(code.length + 2) };
}

function invalid(reason: string): Error {
  return ecosystemError('PACKAGE_LIST_INVALID', { data: { format: 'go.mod', reason } });
}
