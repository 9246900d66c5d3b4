import type { Catalog, CoverageNote } from '../../core/index.ts';
import { isAppError } from '../../core/index.ts';
import { readArchives } from './archive.ts';

/** Reads a jar, war, ear or par. @throws CODEC_ZIP_INVALID, CODEC_LIMIT */
export const catalogArchive: Catalog = async (file) => {
  try {
    const { archives, notes } = await readArchives(file.content, file.path);
    return [{ kind: 'archive', type: 'jar', archives }, ...notes.map((note) => ({ kind: 'coverage' as const, note }))];
  } catch (error) {
    if (isAppError(error, 'CODEC_ZIP_ABSENT')) return [{ kind: 'coverage', note: notAnArchive(error.message) }];
    throw error;
  }
};

/** Placeholders and templates have such names too; they hold no packages. */
function notAnArchive(reason: string): CoverageNote {
  return { effect: 'note', code: 'file-unreadable', message: `Java archive: ${reason}` };
}
