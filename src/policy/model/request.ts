import type { JsonObject } from './json.ts';

/** What is asked to be let into a cluster: an object, as an API server or a file has it. */
export interface PolicyRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly object: JsonObject;
  readonly oldObject?: JsonObject;
  /** For example `ephemeralcontainers`. */
  readonly subResource?: string;
  readonly at: Date;
  /** What else an API server says of the request, for conditions, for example `dryRun` and `uid`. */
  readonly told?: JsonObject;
  /** Who asks; undefined when nobody is known, as for files. */
  readonly user?: RequestUser;
}

export interface RequestUser {
  readonly username: string;
  readonly groups: readonly string[];
  /** `namespace:name`; undefined when the cluster has not told, as for cluster roles. */
  readonly roles?: readonly string[];
  readonly clusterRoles?: readonly string[];
  /** What else is said of who asks: `uid` and `extra`. */
  readonly told?: JsonObject;
}

/** Group, version, kind, namespace and name of an object. */
export interface ObjectName {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}
