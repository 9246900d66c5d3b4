/** A kind of objects of the API. */
export interface KubeResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** As in paths, for example `configmaps`. */
  readonly plural: string;
  readonly kind: string;
}

/** An object of the API, of which only this much is known. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly [member: string]: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly [member: string]: unknown;
}

/** Which object, or which of them all. */
export interface ObjectPlace {
  readonly namespace?: string;
  readonly name?: string;
}

/** `group/version`, or `v1`. */
export function apiVersionOf({ group, version }: KubeResource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The path of objects below the address of the server. */
export function pathOf(resource: KubeResource, { namespace, name }: ObjectPlace = {}): string {
  const parts = [
    resource.group === '' ? 'api' : 'apis',
    ...(resource.group === '' ? [] : [resource.group]),
    resource.version,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource.plural,
    ...(name === undefined ? [] : [name]),
  ];
  return parts.map(encodeURIComponent).join('/');
}

/** For messages, for example `configmaps shop/settings`. */
export function describePlace({ plural }: KubeResource, { namespace, name }: ObjectPlace = {}): string {
  return [plural, [namespace, name].filter((part) => part !== undefined).join('/')].filter(Boolean).join(' ');
}
