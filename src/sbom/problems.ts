import { parsePackageUrl } from '../core/index.ts';
import { toLicenseExpression } from '../licenses/index.ts';

/** Something wrong with a document: an error breaks its standard, a warning makes it less useful. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Where, in the words of the document's JSON form, for example `components[3].purl`. */
  readonly path: string;
  readonly message: string;
}

/** What is listed of a document in which everything is wrong. */
const maxProblems = 1000;

/** Gathers problems, with checks that both standards share. */
export class Problems {
  readonly list: Problem[] = [];
  readonly #ids = new Set<string>();

  add(severity: Problem['severity'], path: string, message: string): void {
    if (this.list.length < maxProblems) this.list.push({ severity, path, message });
  }

  /** An error unless `holds`. */
  require(holds: boolean, path: string, message: string): void {
    if (!holds) this.add('error', path, message);
  }

  /** A warning unless `holds`. */
  advise(holds: boolean, path: string, message: string): void {
    if (!holds) this.add('warning', path, message);
  }

  /** Notes an identifier, of which there must be no other. */
  addId(id: string | undefined, path: string): void {
    if (id === undefined) return;
    this.require(!this.#ids.has(id), path, `the identifier ${id} is used twice`);
    this.#ids.add(id);
  }

  hasId(id: string): boolean {
    return this.#ids.has(id);
  }

  checkPurl(purl: string | undefined, version: string | undefined, path: string): void {
    if (purl === undefined) return;
    const parsed = parsePackageUrl(purl);
    this.require(parsed !== undefined, path, `${purl} is no package URL`);
    const bare = (version ?? '').replace(/^\d+:/, '');
    const same = parsed?.version === undefined || bare === '' || parsed.version.replace(/^\d+:/, '') === bare;
    this.advise(same, path, `the version of the package URL is ${parsed?.version}, of the package ${version}`);
  }

  checkExpression(expression: string, path: string, isDefined: (reference: string) => boolean = () => true): void {
    // What we would mend is wrong as it stands; upper and lower case are the same (spdx-spec, annex D.2).
    const written = toLicenseExpression(expression);
    const known = new Set(['', ...wordsOf(written ?? '')]);
    const isValid = written !== undefined && wordsOf(expression).every((word) => known.has(word));
    this.require(isValid, path, `"${expression}" is no SPDX licence expression`);
    for (const reference of expression.match(/LicenseRef-[\w.-]+/g) ?? []) {
      this.require(isDefined(reference), path, `${reference} is nowhere explained`);
    }
  }
}

function wordsOf(expression: string): string[] {
  return expression.toLowerCase().split(/[\s()]+/);
}
