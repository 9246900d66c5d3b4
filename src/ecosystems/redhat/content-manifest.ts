import type { Catalog } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';

/** Manifests list every layer's package archives too; real ones stay below. */
const maxSize = 16 * 2 ** 20;
/** Builds for one major release add it to the name, which no list of repositories has. */
const majorSuffix = /__\d+$/;

/** Reads the names of the repositories that an image was built from. @throws RELEASE_FILE_INVALID */
export const catalogContentManifest: Catalog = ({ content, path }) => {
  const invalid = (reason: string, cause?: unknown): Error =>
    ecosystemError('RELEASE_FILE_INVALID', { data: { path, reason }, cause });
  if (content.size > maxSize) throw invalid('it is too large');
  const contentSets = readContentSets(content.read(0, content.size), invalid);
  if (contentSets.length === 0) return [];
  return [{ kind: 'build-info', buildInfo: { contentSets: contentSets.map((name) => name.replace(majorSuffix, '')) } }];
};

function readContentSets(bytes: Uint8Array, invalid: (reason: string, cause?: unknown) => Error): string[] {
  let manifest: { readonly content_sets?: unknown } | null;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
  const listed = manifest?.content_sets ?? [];
  if (!Array.isArray(listed)) throw invalid('its content sets are not a list');
  return listed.filter((name) => typeof name === 'string');
}
