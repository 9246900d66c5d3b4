import { readParagraphs } from '../../codecs/deb822/index.ts';
import type { Catalog } from '../../core/index.ts';

/** Reads the checksums of packages in `available`. @throws CODEC_DEB822_INVALID, CODEC_LIMIT, KIT_* */
export const catalogAvailable: Catalog = (file) => {
  const checksums: Record<string, string> = {};
  for (const paragraph of readParagraphs(file.content, ['package', 'version', 'sha256'])) {
    const [name, version, sha256] = ['package', 'version', 'sha256'].map((field) => paragraph.get(field));
    if (name && version && sha256) checksums[`${name}@${version}`] = `sha256:${sha256}`;
  }
  return Object.keys(checksums).length === 0 ? [] : [{ kind: 'package-checksums', checksums }];
};
