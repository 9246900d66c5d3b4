import type { KmsAccess } from '../scheme.ts';
import { attributes, classes } from './data.ts';
import { openCryptoki } from './library.ts';
import { askPin } from './pin.ts';
import { findObjects, findSlot, readAttribute, type Slot, withModule, withSession } from './token.ts';
import { assertModulePath, toPkcs11Uri } from './uri.ts';

/** A token that a module knows. */
export interface ListedToken {
  readonly slot: number;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
}

/** A private key of a token. */
export interface ListedKey {
  readonly label: string;
  readonly id: Buffer;
  /** What `--key` takes, without a PIN. */
  readonly uri: string;
}

/** Which token of which module; the PIN shows its private keys. */
export interface TokenQuery {
  readonly modulePath: string | undefined;
  readonly slot: number;
  readonly pin: string | undefined;
}

/** Every token that is there. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export function listTokens(modulePath: string | undefined, access: KmsAccess): readonly ListedToken[] {
  const path = assertModulePath(modulePath);
  return withModule(openCryptoki(access), path, (slots) => slots.map(toListed));
}

function toListed({ id, info }: Slot): ListedToken {
  const { label, manufacturerID: manufacturer, model, serialNumber: serial } = info;
  return { slot: id, label, manufacturer, model, serial };
}

/** The private keys of a token that have a label or an identifier. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export async function listTokenKeys(query: TokenQuery, access: KmsAccess): Promise<readonly ListedKey[]> {
  const modulePath = assertModulePath(query.modulePath);
  const pin = query.pin ?? (await askPin(modulePath, { slotId: query.slot }, access));
  const cryptoki = openCryptoki(access);
  return withModule(cryptoki, modulePath, (slots) => {
    const slot = findSlot(slots, { slotId: query.slot });
    return withSession(cryptoki, slot, pin, (session) =>
      findObjects(session, [{ type: attributes.class, value: classes.privateKey }]).flatMap((object) => {
        const [label, id] = [readAttribute(session, object, 'label'), readAttribute(session, object, 'id')];
        if (label.length === 0 && id.length === 0) return [];
        const place = { token: slot.info.label, slotId: slot.id, modulePath };
        return [{ label: label.toString('utf8'), id, uri: toPkcs11Uri(place, { label, id }) }];
      }),
    );
  });
}
