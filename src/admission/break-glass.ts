import { createHmac, timingSafeEqual } from 'node:crypto';
import { type JsonObject, nameOf, type PolicyRequest, podHolders, usualImages } from '../policy/index.ts';
import type { PatchOperation } from './patch.ts';

/** Who may let in what policies deny, and for how long what was let in so may be made again by controllers. */
export interface BreakGlass {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly milliseconds: number;
  /** What grants are sealed with, 32 bytes or more; replicas that are to believe each other have the same. */
  readonly key: Uint8Array;
}

/** The glass is broken for a request. */
export interface BrokenGlass {
  readonly reason: string;
  /** Who broke it. */
  readonly by: string;
  /** By whoever asks, and not by who made what this object is made from. */
  readonly isDirect: boolean;
}

const reasonKey = 'plimsoll.dev/break-glass';
const grantKey = 'plimsoll.dev/break-glass-grant';
const maxReason = 1024;

type Asked = Omit<PolicyRequest, 'at'>;

/**
 * Whether the glass is broken. The annotation alone says nothing, as anybody can write it: whoever asks must be named on the
 * server, or the object must carry a grant that this server sealed for its namespace and exactly its images.
 */
export function brokenGlassOf(request: Asked, glass: BreakGlass, now: Date): BrokenGlass | undefined {
  const reason = annotationOf(request.object, reasonKey).trim();
  if (reason === '' || reason.length > maxReason) return undefined;
  const { username = '', groups = [] } = request.user ?? {};
  // What somebody else has written before is no wish of who changes something else now.
  const isOwn = request.oldObject === undefined || annotationOf(request.oldObject, reasonKey).trim() !== reason;
  const isNamed = glass.users.includes(username) || groups.some((group) => glass.groups.includes(group));
  if (isOwn && isNamed) {
    return { reason, by: username, isDirect: true };
  }
  const by = grantedBy(annotationOf(request.object, grantKey), request.object, glass, now);
  return by === undefined ? undefined : { reason, by, isDirect: false };
}

/** Writes reason and grant where the pods of the object will have them; nothing where its images cannot be told. */
export function grantPatch(
  request: Asked,
  { reason, by }: BrokenGlass,
  glass: BreakGlass,
  now: Date,
): PatchOperation[] {
  const { object, operation } = request;
  const images = usualImages(object);
  const { kind, namespace } = nameOf(object);
  if (images === undefined) return [];
  const expires = Math.floor((now.getTime() + glass.milliseconds) / 1000);
  const grant = [
    expires,
    Buffer.from(by).toString('base64url'),
    seal(glass.key, { namespace, expires, by, images }),
  ].join('.');
  // What a job makes pods of cannot be changed once it is there.
  const holders = kind === 'Job' && operation === 'UPDATE' ? [[]] : podHolders(kind);
  return holders.flatMap((path) => annotate(object, path, { [reasonKey]: reason, [grantKey]: grant }));
}

function grantedBy(grant: string, object: JsonObject, { key }: BreakGlass, now: Date): string | undefined {
  const [, digits = '', name = '', mac = ''] = /^(\d{1,12})\.([\w-]{0,400})\.([\w-]{43})$/.exec(grant) ?? [];
  const images = usualImages(object);
  if (mac === '' || images === undefined || Number(digits) * 1000 < now.getTime()) return undefined;
  const by = Buffer.from(name, 'base64url').toString('utf8');
  const wanted = seal(key, { namespace: nameOf(object).namespace, expires: Number(digits), by, images });
  return timingSafeEqual(Buffer.from(wanted), Buffer.from(mac)) ? by : undefined;
}

interface Granted {
  readonly namespace: string;
  readonly expires: number;
  readonly by: string;
  readonly images: readonly string[];
}

function seal(key: Uint8Array, { namespace, expires, by, images }: Granted): string {
  const text = JSON.stringify(['break-glass', namespace, expires, by, images]);
  return createHmac('sha256', key).update(text).digest('base64url');
}

function annotationOf(object: JsonObject, name: string): string {
  const { annotations } = (object['metadata'] ?? {}) as JsonObject;
  if (typeof annotations !== 'object' || annotations === null || !Object.hasOwn(annotations, name)) return '';
  const text = (annotations as JsonObject)[name];
  return typeof text === 'string' ? text : '';
}

/** Operations that put annotations into the metadata at a path, with whatever is missing on the way. */
function annotate(
  object: JsonObject,
  path: readonly string[],
  annotations: Readonly<Record<string, string>>,
): PatchOperation[] {
  const base = path.map((key) => `/${key}`).join('');
  let holder: unknown = object;
  for (const key of path) holder = (holder as JsonObject | undefined)?.[key];
  if (typeof holder !== 'object' || holder === null) return [];
  const { metadata } = holder as JsonObject;
  const given = ((metadata ?? undefined) as JsonObject | undefined)?.['annotations'] ?? undefined;
  const add = (at: string, value: unknown): PatchOperation => ({ op: 'add', path: `${base}${at}`, value });
  if (metadata === undefined || metadata === null) return [add('/metadata', { annotations })];
  if (given === undefined) return [add('/metadata/annotations', annotations)];
  return Object.entries(annotations).map(([name, value]) =>
    add(`/metadata/annotations/${name.replaceAll('/', '~1')}`, value),
  );
}
