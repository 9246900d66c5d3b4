import { loadPackage } from '../package.ts';
import type { KmsAccess } from '../scheme.ts';

/** What is used of the class `PKCS11` of the package `pkcs11js`; handles are opaque. */
export interface Cryptoki {
  load(path: string): void;
  close(): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Buffer[];
  C_GetTokenInfo(slot: Buffer): TokenInfo;
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_CloseSession(session: Buffer): void;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_FindObjectsInit(session: Buffer, template: readonly Attribute[]): void;
  C_FindObjects(session: Buffer, limit: number): Buffer[];
  C_FindObjectsFinal(session: Buffer): void;
  C_GetAttributeValue(session: Buffer, object: Buffer, wanted: readonly Attribute[]): readonly { value: Buffer }[];
  C_SignInit(session: Buffer, mechanism: { readonly mechanism: number }, key: Buffer): void;
  C_Sign(session: Buffer, data: Buffer, room: Buffer): Buffer;
}

/** Texts are filled up with blanks. */
export interface TokenInfo {
  readonly label: string;
  readonly manufacturerID: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly flags: number;
}

export interface Attribute {
  readonly type: number;
  readonly value?: number | Buffer;
}

/** Binds modules to Node; it is compiled where it is installed, so that only who needs it has it. */
const binding = { name: 'pkcs11js', version: '2.1.7', title: 'hardware (PKCS #11)', guide: 'docs/pkcs11.md' };

/** @throws TRUST_PACKAGE_MISSING */
export function openCryptoki(access: KmsAccess): Cryptoki {
  const exported = loadPackage(binding, access) as { readonly PKCS11: new () => Cryptoki };
  return new exported.PKCS11();
}
