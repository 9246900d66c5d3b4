import { type ImageSite, imageSites, usualPlaces } from '../../images/extract.ts';
import type { Fields } from '../../model/fields.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Bindings, Compile, Expression } from './cel/compile.ts';
import { textsOf } from './cel/values.ts';

/** Images by what names them, such as `containers`, as they are written. */
export type ImageLists = ReadonlyMap<string, readonly string[]>;

const usual = ['containers', 'initContainers', 'ephemeralContainers', 'volumes'] as const;

/** An expression of a policy that finds images. */
export interface Extractor {
  readonly name: string;
  readonly expression: Expression;
}

/** @throws POLICY_INVALID */
export function readExtractors(spec: Fields, compile: Compile): Extractor[] {
  return spec
    .items('images')
    .map((fields) => ({ name: fields.required('name'), expression: compile(fields, 'expression') }));
}

/** Where pods name images; every list is there, so that policies may look into it. */
export function listSites(sites: readonly ImageSite[]): ImageLists {
  return new Map(
    usual.map((name) => [name, sites.filter(({ pointer }) => pointer.includes(`/${name}/`)).map(({ text }) => text)]),
  );
}

export function podSites(object: JsonObject): ImageSite[] {
  return imageSites(object, usualPlaces);
}

/** All images, those that the policy finds itself in place of the usual ones of the same name. @throws CelFailure */
export function findImages(
  sites: readonly ImageSite[],
  extractors: readonly Extractor[],
  bindings: Bindings,
): ImageLists {
  const found = extractors.map(({ name, expression }) => [name, textsOf(expression(bindings))] as const);
  return new Map([...(sites.length > 0 ? listSites(sites) : []), ...found]);
}
