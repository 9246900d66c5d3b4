import { trustError } from '../errors.ts';
import { keyStores } from './registry.ts';
import type { StoreAccess, StoredKey } from './store.ts';

/** Whether a reference names a place of this kind, and no key management system. */
export function isStore(text: string): boolean {
  const [, id = ''] = /^(\w{1,20}):\/\//.exec(text) ?? [];
  return keyStores.get(id) !== undefined;
}

/** The place that a reference names, such as `gitlab://PROJECT`. @throws TRUST_STORE_REFERENCE, TRUST_STORE_SETTING */
export async function findStoredKey(text: string, access: StoreAccess): Promise<StoredKey> {
  const [, id = '', name = ''] = /^(\w{1,20}):\/\/(.{1,500})$/s.exec(text) ?? [];
  const store = keyStores.get(id);
  if (store === undefined) throw trustError('TRUST_STORE_REFERENCE', { data: { reference: text.slice(0, 200) } });
  const find = await store.load();
  return find({ name, text }, access);
}
