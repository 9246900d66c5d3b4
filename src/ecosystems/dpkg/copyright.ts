import type { Catalog } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';
import { parseCopyright } from '../../licenses/index.ts';

/** Reads the licences in `usr/share/doc/PACKAGE/copyright`. @throws KIT_TEXT_TOO_LONG */
export const catalogCopyright: Catalog = (file) => {
  const licenses = parseCopyright(readText(file.content));
  const name = file.path.split('/')[3] ?? '';
  return licenses.length === 0 ? [] : [{ kind: 'package-licenses', package: name, licenses }];
};
