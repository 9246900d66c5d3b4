import { codecError } from '../../codecs/errors.ts';
import { type RpmHeader, rpmTags } from '../../codecs/rpm-header/index.ts';
import { invalid } from './errors.ts';

/** Characters of all paths of a database: a directory is written once and stands in the path of each of its files. */
const maxPathCharacters = 2 ** 27;

/** Puts the paths of installed files together, for one database. */
export class FileLists {
  #characters = 0;

  /** Paths of the files of a package, as its header has them. @throws PACKAGE_DATABASE_INVALID, CODEC_RPM_INVALID, CODEC_LIMIT */
  read(header: RpmHeader): string[] {
    const files = header.strings(rpmTags.oldFileNames);
    const names = header.strings(rpmTags.baseNames);
    const indexes = header.numbers(rpmTags.directoryIndexes);
    const directories = header.strings(rpmTags.directoryNames);
    if (names.length !== indexes.length) throw invalid('a package has files without directories');
    for (const [position, name] of names.entries()) {
      const directory = directories[indexes[position] ?? -1];
      if (directory === undefined) throw invalid('a package has a file in no directory');
      this.#count(directory.length + name.length);
      files.push(join(directory, name));
    }
    return files;
  }

  #count(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= maxPathCharacters) return;
    throw codecError('CODEC_LIMIT', { data: { format: 'rpm', limit: `${maxPathCharacters} characters of paths` } });
  }
}

/** Directories end in a slash; a package that owns a directory may name it so. */
function join(directory: string, name: string): string {
  return name === '' && directory.length > 1 ? directory.replace(/\/$/, '') : `${directory}${name}`;
}
