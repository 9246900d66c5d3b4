import type { Finding, Package, Result, Severity } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import type { Layout } from './layout.ts';
import type { Style } from './style.ts';
import { countBySeverity } from './totals.ts';
import { wrapText } from './wrap.ts';

const heading = 'Dependency Origin Tree (Reversed)';
/** Stands for what lies between a package and what was asked for. */
const omitted = '...(omitted)...';
/** Steps through dependencies in one result; only a graph that is made to be slow needs more. */
const maxSteps = 2_000_000;
/** Columns of a branch's edge, and those that its text has at least. */
const edgeWidth = 4;
const leastWidth = 20;

/** A line with those below it. */
interface Branch {
  readonly text: string;
  readonly style?: Style;
  readonly below: readonly Branch[];
}

export interface OriginsDrawing extends Pick<Layout, 'paint' | 'columns'> {
  readonly severities: readonly Severity[];
  /** Shows what needs a package and is itself needed by nothing, too; Trivy shows such only from further away. */
  readonly guess: boolean;
}

/** By which direct dependencies each package with findings came in; nothing where no dependencies are known. */
export function drawOrigins(result: Result, drawing: OriginsDrawing): string {
  const { severities, guess } = drawing;
  const origins = new Origins(result.packages, guess);
  if (origins.isEmpty) return '';
  const found = Map.groupBy(result.findings, ({ package: pkg }) => pkg.id);
  const branches = result.packages.flatMap((pkg): Branch[] => {
    const findings = pkg.id === undefined ? undefined : found.get(pkg.id);
    if (findings === undefined) return [];
    return [{ text: describe(pkg, findings, severities), style: 'CRITICAL', below: origins.branchesOf(pkg) }];
  });
  const lines = [heading, '='.repeat(heading.length), toVisibleLine(result.target), ...linesOf(branches, '', drawing)];
  return `\n${lines.join('\n')}\n`;
}

function describe({ id = '' }: Package, findings: readonly Finding[], selected: readonly Severity[]): string {
  return `${toVisibleLine(id)}, (${countBySeverity(findings, selected)})`;
}

/** A text that the terminal is too narrow for goes on below itself. */
function* linesOf(
  branches: readonly Branch[],
  indent: string,
  drawing: OriginsDrawing,
): Generator<string, void, undefined> {
  const { paint, columns = Number.POSITIVE_INFINITY } = drawing;
  const width = Math.max(leastWidth, columns - indent.length - edgeWidth);
  for (const [index, { text, style, below }] of branches.entries()) {
    const isLast = index === branches.length - 1;
    const deeper = `${indent}${isLast ? ' ' : '│'}   `;
    const [first = '', ...rest] = wrapText(text, { width, hyphenate: false });
    yield `${indent}${isLast ? '└──' : '├──'} ${paint(first, style)}`;
    for (const line of rest) yield `${deeper}${paint(line, style)}`;
    yield* linesOf(below, deeper, drawing);
  }
}

/** The packages that need each other, looked at from below. */
class Origins {
  readonly #parents: Map<string, Map<string, Package>> = new Map();
  /** What was found out before, as many packages come by the same way. */
  readonly #known: Map<string, readonly string[]> = new Map();
  readonly #guess: boolean;
  #steps = 0;

  constructor(packages: readonly Package[], guess: boolean) {
    this.#guess = guess;
    for (const pkg of packages) {
      if (pkg.id === undefined) continue;
      for (const needed of pkg.dependsOn ?? []) {
        const parents = this.#parents.get(needed) ?? new Map<string, Package>();
        if (!parents.has(pkg.id)) parents.set(pkg.id, pkg);
        this.#parents.set(needed, parents);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#parents.size === 0;
  }

  /** Direct dependencies that need the package themselves, then those that do by others; none for a direct one. */
  branchesOf({ id = '', relationship }: Package): Branch[] {
    if (relationship === 'direct') return [];
    const seen = new Set([id]);
    const direct: string[] = [];
    const indirect = new Set<string>();
    for (const [parent, { relationship: place }] of this.#parents.get(id) ?? []) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      if (place === 'direct' || (this.#guess && !this.#parents.has(parent))) direct.push(parent);
      else for (const origin of this.#originsOf(parent)) indirect.add(origin);
    }
    this.#steps += indirect.size;
    const others = [...indirect].filter((origin) => !seen.has(origin)).sort();
    const branches = direct.map(leaf);
    return others.length === 0 ? branches : [...branches, { text: omitted, below: others.map(leaf) }];
  }

  #originsOf(start: string): readonly string[] {
    const known = this.#known.get(start) ?? this.#findOrigins(start);
    this.#known.set(start, known);
    return known;
  }

  /** What leads to a package and is a direct dependency, or is needed by nothing and so must be one. */
  #findOrigins(start: string): readonly string[] {
    const origins = new Set<string>();
    const passed = new Set([start]);
    // Grows while it is walked.
    for (const id of passed) {
      for (const [parent, { relationship }] of this.#parents.get(id) ?? []) {
        if (++this.#steps > maxSteps) return [];
        const isOrigin = relationship === 'direct' || !this.#parents.has(parent);
        (isOrigin ? origins : passed).add(parent);
      }
    }
    origins.delete(start);
    return [...origins];
  }
}

function leaf(id: string): Branch {
  return { text: toVisibleLine(id), below: [] };
}
