import { at, isObject, type Json, type JsonObject, listAt } from '../model/json.ts';
import { nameOf } from '../model/object-name.ts';
import type { CustomPlace, ImagePlaces } from '../model/policy.ts';

/** A text that stands where an image is named. */
export interface ImageSite {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly text: string;
  /** What a custom place makes of the text; the site cannot be judged without it. */
  readonly isUnreadable?: boolean;
}

const maxSites = 10_000;
const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const template = ['spec', 'template', 'spec'] as const;

/** Where kinds of Kubernetes have the specification of a pod. */
export const podSpecs: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  ReplicationController: template,
  ReplicaSet: template,
  Deployment: template,
  StatefulSet: template,
  DaemonSet: template,
  Job: template,
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** Containers of all kinds and volumes, of pods and what makes pods. */
export const usualPlaces: ImagePlaces = { byKind: {}, volumes: true };

/** Every image that the object names, in its order. What is there and cannot be read as images is a site that cannot be judged. */
export function imageSites(object: JsonObject, places: ImagePlaces): ImageSite[] {
  const { kind } = nameOf(object);
  const custom = Object.hasOwn(places.byKind, kind) ? places.byKind[kind] : undefined;
  const path = Object.hasOwn(podSpecs, kind) ? podSpecs[kind] : undefined;
  const sites =
    custom !== undefined
      ? custom.flatMap((place) => customSites(object, place))
      : path === undefined
        ? []
        : podSites(object, path, places.volumes);
  return sites.length > maxSites ? [...sites.slice(0, maxSites), unreadable([])] : sites;
}

/** The images of a pod, or of what makes pods, each once and in order; undefined for what cannot be told. */
export function usualImages(object: JsonObject): readonly string[] | undefined {
  if (!Object.hasOwn(podSpecs, nameOf(object).kind)) return undefined;
  const sites = imageSites(object, usualPlaces);
  return sites.some(({ isUnreadable }) => isUnreadable)
    ? undefined
    : [...new Set(sites.map(({ text }) => text))].sort();
}

/** Paths to what has metadata on the way to a pod: the object itself, and the templates in it. */
export function podHolders(kind: string): readonly (readonly string[])[] {
  const path = Object.hasOwn(podSpecs, kind) ? (podSpecs[kind] ?? []) : [];
  const templates = path.flatMap((key, index) => (key === 'spec' && index > 0 ? [path.slice(0, index)] : []));
  return [[], ...templates];
}

function podSites(object: JsonObject, path: readonly string[], volumes: boolean): ImageSite[] {
  const broken = path.findIndex((_, index) => isOther(at(object, ...path.slice(0, index + 1)), isObject));
  if (broken >= 0) return [unreadable(path.slice(0, broken + 1))];
  const spec = at(object, ...path);
  const containers = containerLists.flatMap((list) => listSites(spec, list, ['image'], [...path, list]));
  return volumes
    ? [...containers, ...listSites(spec, 'volumes', ['image', 'reference'], [...path, 'volumes'])]
    : containers;
}

function listSites(
  spec: Json | undefined,
  list: string,
  keys: readonly string[],
  path: readonly string[],
): ImageSite[] {
  const items = at(spec, list);
  if (isOther(items, Array.isArray)) return [unreadable(path)];
  return listAt(spec, list).flatMap((item, index) => {
    const own = [...path, String(index)];
    const between = keys.slice(0, -1).map((_, end) => at(item, ...keys.slice(0, end + 1)));
    return isObject(item) && !between.some((value) => isOther(value, isObject))
      ? siteAt(item, keys, own)
      : [unreadable(own)];
  });
}

/** Whether something is there that is not what it must be. */
function isOther(value: Json | undefined, isRight: (value: unknown) => boolean): boolean {
  return value !== undefined && !isRight(value);
}

function unreadable(path: readonly string[]): ImageSite {
  return { pointer: toPointer(path), text: '', isUnreadable: true };
}

/** An image that is left out is none; the API server or a controller fills it in later, and asks again then. */
function siteAt(value: Json, keys: readonly string[], path: readonly string[]): ImageSite[] {
  const text = at(value, ...keys);
  if (text === undefined || text === '') return [];
  const pointer = toPointer([...path, ...keys]);
  return [typeof text === 'string' ? { pointer, text } : { pointer, text: '', isUnreadable: true }];
}

function customSites(object: JsonObject, { path, value, convert }: CustomPlace): ImageSite[] {
  return walk(object, path, []).flatMap(({ found, keys }) => {
    const sites = value === undefined ? siteAt(found, [], keys) : siteAt(found, [value], keys);
    return sites.map((site) => {
      const text = convert === undefined ? site.text : convert(site.text);
      return text === undefined ? { ...site, isUnreadable: true } : { ...site, text };
    });
  });
}

interface Walked {
  readonly found: Json;
  readonly keys: readonly string[];
}

/** What lies at the path; `*` is every item of a list and every member of an object, and a list is gone through as such. */
function walk(value: Json, path: readonly string[], keys: readonly string[]): Walked[] {
  const [first, ...rest] = path;
  if (first === undefined) return Array.isArray(value) ? items(value, [], keys) : [{ found: value, keys }];
  if (first === '*') return items(value, rest, keys);
  if (Array.isArray(value)) return items(value, path, keys);
  const found = at(value, first);
  return found === undefined ? [] : walk(found, rest, [...keys, first]);
}

function items(value: Json, rest: readonly string[], keys: readonly string[]): Walked[] {
  if (!(Array.isArray(value) || isObject(value))) return [];
  return Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : walk(item, rest, [...keys, key])));
}

/** A JSON pointer (RFC 6901 section 3). */
export function toPointer(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
