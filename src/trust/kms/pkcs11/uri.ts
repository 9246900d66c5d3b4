import { readWhole } from '../../../disk/index.ts';
import { trustError } from '../../errors.ts';
import type { KmsAccess } from '../scheme.ts';

/** Which key of which token it is (RFC 7512), as cosign reads such addresses. */
export interface Pkcs11Key {
  /** The shared library that knows the token. */
  readonly modulePath: string;
  readonly token: TokenMatch;
  /** Label of the key. */
  readonly object?: Buffer;
  readonly id?: Buffer;
  readonly pin?: string;
}

/** All that is given must fit. */
export interface TokenMatch {
  readonly slotId?: number;
  readonly token?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly serial?: string;
}

type Parts = ReadonlyMap<string, Buffer>;

const known = {
  path: ['token', 'manufacturer', 'model', 'serial', 'slot-id', 'object', 'id', 'type'],
  query: ['module-path', 'pin-value', 'pin-source'],
};
const maxPin = 1024;

/** Reads what follows `pkcs11:`. @throws TRUST_PKCS11_URI, DISK_* */
export async function parsePkcs11Uri(text: string, environment: KmsAccess['environment']): Promise<Pkcs11Key> {
  const [path = '', query = ''] = text.split(/\?(.*)/s);
  const [of, by] = [readParts(path, /;/, known.path), readParts(query, /[&;]/, known.query)];
  const [object, id] = [of.get('object'), of.get('id')];
  if (object === undefined && id === undefined) throw unusable('it names neither object nor id');
  const pin = await pinOf(by, environment);
  return {
    modulePath: modulePathOf(by, environment),
    token: tokenOf(of),
    ...(object !== undefined && { object }),
    ...(id !== undefined && { id }),
    ...(pin !== undefined && { pin }),
  };
}

function readParts(text: string, between: RegExp, names: readonly string[]): Parts {
  const parts = new Map<string, Buffer>();
  for (const part of text.split(between).filter((each) => each !== '')) {
    const [name = '', value = ''] = part.split(/=(.*)/s);
    if (!names.includes(name)) throw unusable(`its attribute "${name.slice(0, 40)}" is not known`);
    if (parts.has(name)) throw unusable(`its attribute ${name} is there twice`);
    const bytes = decodePercents(value);
    if (bytes.length > 0) parts.set(name, bytes);
  }
  return parts;
}

/** Identifiers of keys need not be text. */
function decodePercents(text: string): Buffer {
  if (/%(?![0-9a-f]{2})/i.test(text)) throw unusable('a percent sign is followed by no two hexadecimal digits');
  const pieces = text.split(/(%[0-9a-f]{2})/i);
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 0 ? Buffer.from(piece) : Buffer.from(piece.slice(1), 'hex'))),
  );
}

function tokenOf(parts: Parts): TokenMatch {
  const slot = parts.get('slot-id')?.toString();
  if (slot !== undefined && !/^\d{1,10}$/.test(slot)) throw unusable('its slot-id is no number');
  const names = ['token', 'manufacturer', 'model', 'serial'] as const;
  const told = names.flatMap((name) => {
    const value = parts.get(name);
    return value === undefined ? [] : [[name, value.toString('utf8')] as const];
  });
  if (slot === undefined && told.length === 0) throw unusable('it names neither token nor slot-id');
  return { ...(slot !== undefined && { slotId: Number(slot) }), ...Object.fromEntries(told) };
}

function modulePathOf(parts: Parts, environment: KmsAccess['environment']): string {
  const path = parts.get('module-path')?.toString('utf8') ?? environment['COSIGN_PKCS11_MODULE_PATH'];
  return assertModulePath(path);
}

/** The path of a module must be whole: it is code that is run. @throws TRUST_PKCS11_URI */
export function assertModulePath(path: string | undefined): string {
  if (!path) throw unusable('it has no module-path, and COSIGN_PKCS11_MODULE_PATH is not set');
  if (!/^(?:\/|[a-z]:[\\/])/i.test(path)) throw unusable('the path of the module is not absolute');
  return path;
}

async function pinOf(parts: Parts, environment: KmsAccess['environment']): Promise<string | undefined> {
  const value = parts.get('pin-value')?.toString('utf8');
  if (value !== undefined) return value;
  const source = parts.get('pin-source')?.toString('utf8');
  if (source === undefined) return environment['COSIGN_PKCS11_PIN'] || undefined;
  const path = source.replace(/^file:(?:\/\/(?=\/))?/, '');
  if (!path.startsWith('/')) throw unusable('its pin-source is no absolute path of a file');
  return (await readWhole(path, maxPin)).toString('utf8').replace(/\r?\n$/, '');
}

/** The address of a key, as cosign writes it; a PIN is never in it. */
export function toPkcs11Uri(
  { token, slotId, modulePath }: { readonly token: string; readonly slotId: number; readonly modulePath: string },
  { label, id }: { readonly label: Buffer; readonly id: Buffer },
): string {
  const parts = [
    ...(token === '' ? [] : [`token=${encodePercents(Buffer.from(token))}`]),
    `slot-id=${slotId}`,
    ...(id.length === 0 ? [] : [`id=${id.toString('hex').replace(/../g, '%$&')}`]),
    ...(label.length === 0 ? [] : [`object=${encodePercents(label)}`]),
  ];
  return `pkcs11:${parts.join(';')}?module-path=${encodePercents(Buffer.from(modulePath), /[\w.~/-]/)}`;
}

function encodePercents(bytes: Buffer, plain = /[\w.~-]/): string {
  const letters = Array.from(bytes.toString('latin1'));
  return letters
    .map((letter) => (plain.test(letter) ? letter : `%${Buffer.from(letter, 'latin1').toString('hex')}`))
    .join('');
}

function unusable(reason: string): Error {
  return trustError('TRUST_PKCS11_URI', { data: { reason } });
}
