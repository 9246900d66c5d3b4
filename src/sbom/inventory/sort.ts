import { type LanguageEcosystem, type PackageFormat, parsePackageUrl } from '../../core/index.ts';
import type { Bom, Component } from '../model.ts';
import { trivyProperty } from '../properties.ts';
import type { PackageKinds } from './kinds.ts';
import type { IdentifiedComponent } from './package.ts';

/** The components of an SBOM by what can be done with them. */
export interface SortedComponents {
  readonly system: readonly (IdentifiedComponent & { readonly format: PackageFormat })[];
  /** `language` is absent where no ecosystem of this type is known. */
  readonly languages: readonly (IdentifiedComponent & {
    readonly language?: LanguageEcosystem;
    readonly type: string;
  })[];
  /** Packages that say neither by a package URL nor otherwise what they are. */
  readonly unidentified: readonly Component[];
  /** Packages of kinds of which nobody publishes advisories, by their package URL type. */
  readonly unjudged: ReadonlyMap<string, number>;
}

/** Types of package URLs that name whole artifacts or nothing that advisories speak of. */
const artifactTypes: ReadonlySet<string> = new Set(['oci', 'docker']);
const genericTypes: ReadonlySet<string> = new Set([
  'generic',
  'github',
  'gitlab',
  'bitbucket',
  'huggingface',
  'mlflow',
]);

export function sortComponents(bom: Bom, kinds: PackageKinds): SortedComponents {
  const sorter = new Sorter(kinds, bom.subject);
  if (bom.subject !== undefined) sorter.add(bom.subject);
  for (const component of bom.components) sorter.add(component);
  return sorter;
}

class Sorter implements SortedComponents {
  readonly system: SortedComponents['system'][number][] = [];
  readonly languages: SortedComponents['languages'][number][] = [];
  readonly unidentified: Component[] = [];
  readonly unjudged = new Map<string, number>();
  readonly #kinds: PackageKinds;
  readonly #subject: Component | undefined;

  constructor(kinds: PackageKinds, subject: Component | undefined) {
    this.#kinds = kinds;
    this.#subject = subject;
  }

  add(component: Component): void {
    const purl = component.purl === undefined ? undefined : parsePackageUrl(component.purl);
    const type = trivyProperty(component, 'PkgType');
    const found = find(purl?.type, type, this.#kinds);
    if (found?.kind === 'package-format') this.system.push({ component, purl, format: found });
    else if (found !== undefined) {
      this.languages.push({ component, purl, language: found, type: typeOf(found, type) });
    } else if (purl === undefined) {
      if (this.#isPackage(component)) this.unidentified.push(component);
    } else this.#addUnknown({ component, purl, type: type ?? purl.type }, purl.type);
  }

  /** What is of no known ecosystem is kept, and matching says that it cannot judge it. */
  #addUnknown(identified: SortedComponents['languages'][number], type: string): void {
    if (genericTypes.has(type)) this.unjudged.set(type, (this.unjudged.get(type) ?? 0) + 1);
    else if (!artifactTypes.has(type)) this.languages.push(identified);
  }

  /** Applications and files that are no packages are there to hold others; the subject is what the packages are in. */
  #isPackage(component: Component): boolean {
    return component.kind === 'library' && component !== this.#subject && component.name !== '';
  }
}

/** A family of distributions does not say which package format it has; where there is no package URL, the next best. */
function find(
  purlType: string | undefined,
  type: string | undefined,
  { byPurlType, byResultType, families }: PackageKinds,
): PackageFormat | LanguageEcosystem | undefined {
  const language = byResultType.get(type ?? '');
  if (language !== undefined) return language;
  const byPurl = byPurlType.get(purlType ?? '');
  if (byPurl !== undefined || !families.has(type ?? '')) return byPurl;
  return [...byPurlType.values()].find((ecosystem) => ecosystem.kind === 'package-format');
}

/** The type of installed packages stands first in an ecosystem. */
function typeOf(language: LanguageEcosystem, stated: string | undefined): string {
  const { resultTypes } = language;
  return resultTypes.find(({ type }) => type === stated)?.type ?? resultTypes[0]?.type ?? language.id;
}
