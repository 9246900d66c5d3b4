import { createHash } from 'node:crypto';
import { licenseTextPrefix, toLicenseExpression } from '../../licenses/index.ts';
import { joinExpressions } from '../expressions.ts';
import type { Json } from '../json.ts';
import { textOf, withoutEmpty } from '../json.ts';

/** Licences that SPDX has no identifier for, each with one of our own (spdx-spec 10, "Other licensing information"). */
export class ExtractedLicenses {
  readonly #byId = new Map<string, { readonly name?: string; readonly text: string }>();

  /** All licences of a package as one expression; NOASSERTION where there are none. */
  express(licenses: readonly string[] | undefined): string {
    const expressions = (licenses ?? []).map((license) => this.#expressOne(license));
    return expressions.length === 0 ? 'NOASSERTION' : joinExpressions(expressions);
  }

  /** Sorted by identifier. */
  toJson(): Json[] {
    return [...this.#byId]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([licenseId, { name, text }]) => withoutEmpty({ licenseId, extractedText: text, name }));
  }

  #expressOne(license: string): string {
    if (license.startsWith(licenseTextPrefix)) return this.#extract(license.slice(licenseTextPrefix.length));
    const expression = toLicenseExpression(license, (name) => this.#extract(name, name));
    return expression ?? this.#extract(license, license);
  }

  #extract(content: string, name?: string): string {
    const id = `LicenseRef-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
    if (!this.#byId.has(id)) {
      const text = name === undefined ? content : `This component is licensed under "${name}"`;
      this.#byId.set(id, { text, ...(name !== undefined && { name }) });
    }
    return id;
  }
}

/** What the document's own identifiers stand for: the name of a licence, or its text. */
export function readExtracted(infos: readonly Json[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const info of infos) {
    const [id, name, text] = [textOf(info['licenseId']), textOf(info['name']), textOf(info['extractedText'])];
    const isNamed = name !== undefined && name !== 'NOASSERTION' && name !== id;
    const meaning = isNamed ? name : text === undefined ? undefined : `${licenseTextPrefix}${text}`;
    if (id !== undefined && meaning !== undefined) known.set(id, meaning);
  }
  return known;
}

/** The licences that an expression joins by AND alone, each by its name; any other expression stays whole. */
export function readExpression(expression: string | undefined, extracted: ReadonlyMap<string, string>): string[] {
  if (expression === undefined || expression === 'NOASSERTION' || expression === 'NONE') return [];
  const parts = /[()]| OR /i.test(expression) ? [expression] : expression.split(/ AND /i);
  return parts.map((part) => extracted.get(part.trim()) ?? part.trim());
}
