import { readParagraphs } from '../../codecs/deb822/index.ts';
import type { Catalog } from '../../core/index.ts';

const fields: readonly string[] = ['package', 'version', 'sha256'];

/** Reads the checksums of packages in `available`; a damaged paragraph has none. @throws CODEC_LIMIT, KIT_* */
export const catalogAvailable: Catalog = (file) => {
  const checksums: Record<string, string> = {};
  for (const paragraph of readParagraphs(file.content, fields, () => undefined)) {
    const [name, version, sha256] = fields.map((field) => paragraph.get(field));
    if (name && version && sha256) checksums[`${name}@${version}`] = `sha256:${sha256}`;
  }
  return Object.keys(checksums).length === 0 ? [] : [{ kind: 'package-checksums', checksums }];
};
