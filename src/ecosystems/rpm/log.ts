import type { Catalog } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { ecosystemError } from '../errors.ts';

const headerSize = 32;
const frameHeaderSize = 24;
const magics: readonly number[] = [0x377f0682, 0x377f0683];

/**
 * Looks whether a write-ahead log beside a package database holds pages that may be newer than those of the database
 * (sqlite.org/fileformat2.html, section 4.1, "WAL File Format"). A log is left behind only where rpm was interrupted.
 * @throws PACKAGE_DATABASE_UNMERGED
 */
export const catalogLog: Catalog = (file) => {
  if (file.content.size < headerSize + frameHeaderSize) return [];
  const bytes = toBuffer(file.content.read(0, headerSize + frameHeaderSize));
  const saltOfLog = bytes.subarray(16, 24);
  const saltOfFrame = bytes.subarray(headerSize + 8, headerSize + 16);
  // Frames of another salt are left over from before the log was merged and begun anew.
  if (!magics.includes(bytes.readUInt32BE(0)) || !saltOfLog.equals(saltOfFrame)) return [];
  throw ecosystemError('PACKAGE_DATABASE_UNMERGED', { data: { format: 'rpm' } });
};
