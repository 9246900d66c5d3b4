import type { Catalog, Package } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';
import { moduleId } from './module-id.ts';

/** Reads a `go.sum`: lines of module, version and hash, the newest version of a module last (go.dev/ref/mod, "go.sum files"). @throws KIT_TEXT_TOO_LONG */
export const catalogSumFile: Catalog = (file) => {
  const versions = new Map<string, string>();
  for (const line of readText(file.content).split('\n')) {
    const [path, version] = line.trim().split(/\s+/);
    if (path && version) versions.set(path, version.replace(/\/go\.mod$/, ''));
  }
  const packages = [...versions].map(([name, version]): Package => {
    return { id: moduleId(name, version), name, version, relationship: 'indirect' };
  });
  return [{ kind: 'companion', type: 'gomod', packages }];
};
