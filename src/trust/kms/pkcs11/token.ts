import { describeError, isAppError } from '../../../core/index.ts';
import { trustError } from '../../errors.ts';
import { attributes, loginRequired, serialSession, users } from './data.ts';
import type { Attribute, Cryptoki, TokenInfo } from './library.ts';
import type { TokenMatch } from './uri.ts';

/** A token in its slot. */
export interface Slot {
  readonly handle: Buffer;
  readonly id: number;
  readonly info: TokenInfo;
}

/** A token that answers; all of it is over when the function that was given it returns. */
export interface Session {
  readonly cryptoki: Cryptoki;
  readonly handle: Buffer;
  readonly pin: string | undefined;
}

const maxFound = 256;

/**
 * Calls `use` with a module that is loaded, and closes it. Nothing here waits, so that no two uses meet: modules allow one
 * at a time in a process. @throws TRUST_PKCS11_*, TRUST_KMS_REFUSED, and what `use` throws
 */
export function withModule<T>(cryptoki: Cryptoki, path: string, use: (slots: readonly Slot[]) => T): T {
  try {
    cryptoki.load(path);
  } catch (cause) {
    throw trustError('TRUST_PKCS11_MODULE', { data: { path, reason: firstLine(cause) }, cause });
  }
  try {
    cryptoki.C_Initialize();
    try {
      return use(slotsOf(cryptoki));
    } finally {
      cryptoki.C_Finalize();
    }
  } catch (cause) {
    throw toAppError(cause, path);
  } finally {
    cryptoki.close();
  }
}

/** Calls `use` with a session of a token, which a PIN opens. */
export function withSession<T>(
  cryptoki: Cryptoki,
  { handle: slot }: Slot,
  pin: string | undefined,
  use: (session: Session) => T,
): T {
  const handle = cryptoki.C_OpenSession(slot, serialSession);
  try {
    if (pin !== undefined) cryptoki.C_Login(handle, users.user, pin);
    return use({ cryptoki, handle, pin });
  } finally {
    cryptoki.C_CloseSession(handle);
  }
}

function slotsOf(cryptoki: Cryptoki): Slot[] {
  return cryptoki.C_GetSlotList(true).map((handle) => {
    const { flags, ...info } = cryptoki.C_GetTokenInfo(handle);
    return { handle, id: handle.readUIntLE(0, Math.min(6, handle.length)), info: { flags, ...trimmed(info) } };
  });
}

function trimmed<T extends object>(info: T): T {
  const entries = Object.entries(info);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as T;
}

/** The token that is meant. @throws TRUST_PKCS11_TOKEN */
export function findSlot(slots: readonly Slot[], wanted: TokenMatch): Slot {
  const found = slots.filter(({ id, info }) => {
    const is = {
      slotId: id,
      token: info.label,
      manufacturer: info.manufacturerID,
      model: info.model,
      serial: info.serialNumber,
    };
    return Object.entries(wanted).every(([name, value]) => is[name as keyof TokenMatch] === value);
  });
  const [slot] = found;
  if (slot !== undefined && found.length === 1) return slot;
  throw trustError('TRUST_PKCS11_TOKEN', { data: { found: found.length, name: wanted.token ?? wanted.slotId } });
}

/** Whether a token shows its private keys to nobody without a PIN. */
export function needsPin({ info }: Slot): boolean {
  return (info.flags & loginRequired) !== 0;
}

/** Objects that have all these attributes, at most 256 of them. */
export function findObjects({ cryptoki, handle }: Session, template: readonly Attribute[]): Buffer[] {
  cryptoki.C_FindObjectsInit(handle, template);
  try {
    return cryptoki.C_FindObjects(handle, maxFound);
  } finally {
    cryptoki.C_FindObjectsFinal(handle);
  }
}

/** The value of an attribute; nothing where the object has none. */
export function readAttribute({ cryptoki, handle }: Session, object: Buffer, name: keyof typeof attributes): Buffer {
  try {
    const [attribute] = cryptoki.C_GetAttributeValue(handle, object, [{ type: attributes[name] }]);
    return attribute?.value ?? Buffer.alloc(0);
  } catch (error) {
    if (/CKR_ATTRIBUTE_(?:TYPE_INVALID|SENSITIVE)/.test(describeError(error))) return Buffer.alloc(0);
    throw error;
  }
}

function toAppError(cause: unknown, path: string): unknown {
  if (isAppError(cause)) return cause;
  const [reason] = /CKR_\w+/.exec(describeError(cause)) ?? [firstLine(cause)];
  if (reason.startsWith('CKR_PIN_') || reason === 'CKR_USER_NOT_LOGGED_IN') {
    return trustError('TRUST_PKCS11_PIN', { data: { reason }, cause });
  }
  return trustError('TRUST_KMS_REFUSED', { data: { service: `The token of ${path}`, detail: reason }, cause });
}

function firstLine(cause: unknown): string {
  return describeError(cause).split('\n')[0]?.slice(0, 200) ?? '';
}
