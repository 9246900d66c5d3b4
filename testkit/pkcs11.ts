import { type KeyObject, privateEncrypt } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { derTags, encodeDer, encodeOid } from '../src/codecs/asn1/index.ts';
import type { Attribute, Cryptoki, TokenInfo } from '../src/trust/kms/pkcs11/library.ts';

/** A key pair that a token keeps, as its objects. */
export interface TokenKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly label: string;
  readonly id?: Buffer;
  /** A certificate stands in for the object of the public half. */
  readonly certificate?: Buffer;
  /** The PIN is asked for at every use, as with the slot of a PIV card that signs. */
  readonly askedAlways?: boolean;
  /** Points as older modules show them: without their octet string. */
  readonly bare?: boolean;
}

export interface TestToken {
  readonly label: string;
  readonly pin?: string;
  readonly keys: readonly TokenKey[];
}

export interface TestModule {
  /** Stands for `require`: it knows `pkcs11js` alone. */
  readonly packages: (name: string) => unknown;
  readonly path: string;
  /** Modules and sessions that are open. */
  readonly open: () => number;
  readonly logins: readonly string[];
}

type Values = ReadonlyMap<number, Buffer>;
interface TokenObject {
  readonly values: Values;
  readonly key: TokenKey;
}

const path = '/opt/token/module.so';
const blanks = (text: string): string => text.padEnd(32, ' ');
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Errors as the package has them: the name and the number of what the module returned. */
function refuse(name: string, value: number): never {
  throw new RangeError(`${name}:${value}\n    at somewhere`);
}

/** A module of tokens in this process, for what is used of `pkcs11js`; the tokens are in slots from 7 on. */
export function makeModule(tokens: readonly TestToken[]): TestModule {
  const logins: string[] = [];
  const count = { open: 0 };
  class PKCS11 extends FakeModule {
    constructor() {
      super(tokens, logins, count);
    }
  }
  const packages = (name: string): unknown => {
    if (name !== 'pkcs11js') throw new RangeError(`Cannot find module '${name}'\nRequire stack: …`);
    return { PKCS11 };
  };
  return { packages, path, open: () => count.open, logins };
}

class FakeModule implements Cryptoki {
  readonly #tokens: readonly TestToken[];
  readonly #logins: string[];
  readonly #count: { open: number };
  #token: TestToken | undefined;
  #isIn = false;
  #found: Buffer[] = [];
  #signing: { readonly key: TokenKey; readonly mechanism: number; isAsked: boolean } | undefined;

  constructor(tokens: readonly TestToken[], logins: string[], count: { open: number }) {
    this.#tokens = tokens;
    this.#logins = logins;
    this.#count = count;
  }

  load(given: string): void {
    if (given !== path) throw new RangeError(`${given}: cannot open shared object file\nmore`);
    this.#count.open += 1;
  }
  close(): void {
    this.#count.open -= 1;
  }
  C_Initialize(): void {
    this.#count.open += 1;
  }
  C_Finalize(): void {
    this.#count.open -= 1;
  }
  C_GetSlotList(): Buffer[] {
    return this.#tokens.map((_, index) => number(index + 7));
  }
  C_GetTokenInfo(slot: Buffer): TokenInfo {
    const token = this.#tokens[slot.readUInt32LE() - 7];
    const flags = token?.pin === undefined ? 0 : 4;
    return {
      label: blanks(token?.label ?? ''),
      manufacturerID: blanks('Maker'),
      model: blanks('One'),
      serialNumber: 'a1',
      flags,
    };
  }
  C_OpenSession(slot: Buffer): Buffer {
    this.#count.open += 1;
    this.#token = this.#tokens[slot.readUInt32LE() - 7];
    this.#isIn = this.#token?.pin === undefined;
    return number(1);
  }
  C_CloseSession(): void {
    this.#count.open -= 1;
  }
  C_Login(_: Buffer, user: number, pin: string): void {
    this.#logins.push(`${user}`);
    if (pin !== this.#token?.pin) refuse('CKR_PIN_INCORRECT', 160);
    if (user === 1) this.#isIn = true;
    else if (this.#signing !== undefined) this.#signing.isAsked = true;
  }
  C_FindObjectsInit(_: Buffer, template: readonly Attribute[]): void {
    const fits = ({ values }: TokenObject) =>
      template.every(({ type, value }) => {
        const wanted = typeof value === 'number' ? number(value) : value;
        return wanted !== undefined && values.get(type)?.equals(wanted);
      });
    this.#found = this.#objects().flatMap((object, index) => (fits(object) ? [number(index)] : []));
  }
  C_FindObjects(_: Buffer, limit: number): Buffer[] {
    return this.#found.splice(0, limit);
  }
  C_FindObjectsFinal(): void {
    this.#found = [];
  }
  C_GetAttributeValue(_: Buffer, object: Buffer, [wanted]: readonly Attribute[]): { value: Buffer }[] {
    const value = this.#objects()[object.readUInt32LE()]?.values.get(wanted?.type ?? 0);
    return value === undefined ? refuse('CKR_ATTRIBUTE_TYPE_INVALID', 18) : [{ value }];
  }
  C_SignInit(_: Buffer, { mechanism }: { readonly mechanism: number }, object: Buffer): void {
    const key = this.#objects()[object.readUInt32LE()]?.key ?? refuse('CKR_KEY_HANDLE_INVALID', 96);
    this.#signing = { key, mechanism, isAsked: key.askedAlways !== true };
  }
  C_Sign(_: Buffer, data: Buffer, room: Buffer): Buffer {
    const { key, mechanism, isAsked } = this.#signing ?? refuse('CKR_OPERATION_NOT_INITIALIZED', 145);
    if (!isAsked) refuse('CKR_USER_NOT_LOGGED_IN', 257);
    const isCurve = key.privateKey.asymmetricKeyType === 'ec';
    if (mechanism !== (isCurve ? 0x1041 : 1)) refuse('CKR_MECHANISM_INVALID', 112);
    const signature = isCurve ? signDigest(key.privateKey, data) : privateEncrypt(key.privateKey, data);
    return room.subarray(0, signature.copy(room));
  }

  /** Private objects are there for who is logged in only. */
  #objects(): TokenObject[] {
    const all = (this.#token?.keys ?? []).flatMap((key) => objectsOf(key));
    return this.#isIn ? all : all.filter(({ values }) => values.get(0)?.[0] !== 3);
  }
}

function objectsOf(key: TokenKey): TokenObject[] {
  const shared = [[3, Buffer.from(key.label)], ...(key.id === undefined ? [] : [[0x102, key.id] as const])] as const;
  const make = (kind: number, ...more: (readonly [number, Buffer])[]): TokenObject => {
    return { key, values: new Map<number, Buffer>([[0, number(kind)], ...shared, ...more]) };
  };
  const halves = [make(3, [0x202, Buffer.from([key.askedAlways === true ? 1 : 0])])];
  const shown = key.certificate === undefined ? make(2, ...publicValues(key)) : make(1, [0x11, key.certificate]);
  return [...halves, shown];
}

function publicValues({ publicKey, bare }: TokenKey): (readonly [number, Buffer])[] {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const from = (text: string): Buffer => Buffer.from(text, 'base64url');
  if (publicKey.asymmetricKeyType === 'rsa')
    return [
      [0x100, number(0)],
      [0x120, from(n)],
      [0x122, from(e)],
    ];
  if (publicKey.asymmetricKeyType !== 'ec') return [[0x100, number(0x40)]];
  const { crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), from(x), from(y)]);
  const parameters = encodeOid(curves[crv]?.oid ?? '1.2.3');
  return [
    [0x100, number(3)],
    [0x180, parameters],
    [0x181, bare ? point : encodeDer(derTags.octetString, point)],
  ];
}

const curves: Readonly<Record<string, { readonly oid: string; readonly curve: typeof p256 }>> = {
  'P-256': { oid: '1.2.840.10045.3.1.7', curve: p256 },
  'P-384': { oid: '1.3.132.0.34', curve: p384 },
  'P-521': { oid: '1.3.132.0.35', curve: p521 },
};

/** Both numbers one after the other. */
function signDigest(key: KeyObject, digest: Buffer): Buffer {
  const { crv = '', d = '' } = key.export({ format: 'jwk' });
  const options = { prehash: false, format: 'compact', lowS: false } as const;
  return Buffer.from(curves[crv]?.curve.sign(digest, Buffer.from(d, 'base64url'), options) ?? []);
}
