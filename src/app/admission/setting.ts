import { hkdfSync, randomBytes } from 'node:crypto';
import { type AdmissionSetting, admissionError, usualSetting } from '../../admission/index.ts';
import { readWhole } from '../../disk/index.ts';
import type { ServeAdmissionInput } from './input.ts';

const maxKeySize = 4096;
const least = 32;

/** A key for one use, made of the secret of the replicas; undefined without one. */
export type DeriveKey = (use: string) => Uint8Array;

/** @throws DISK_*, ADMISSION_KEY_SHORT */
export async function readReplicaKey({ replicaKeyFile: path }: ServeAdmissionInput): Promise<DeriveKey | undefined> {
  if (path === undefined) return undefined;
  const secret = await readWhole(path, maxKeySize);
  if (secret.length < least) throw admissionError('ADMISSION_KEY_SHORT', { data: { path, least } });
  return (use) => new Uint8Array(hkdfSync('sha256', secret, '', `plimsoll ${use}`, least));
}

/** Without a secret of all replicas each believes its own grants alone, until it ends. */
export function toSetting(
  { setting, breakGlass }: ServeAdmissionInput,
  derive: DeriveKey | undefined,
): AdmissionSetting {
  const key = derive?.('break-glass') ?? randomBytes(least);
  return { ...usualSetting, ...setting, ...(breakGlass !== undefined && { breakGlass: { ...breakGlass, key } }) };
}
