import type { Catalog } from '../../core/index.ts';
import { listInvalid } from './errors.ts';
import { isObject, readJson } from './json.ts';
import { locateObjects } from './lines.ts';
import { listDependencies } from './lock-dependencies.ts';
import { listPackages } from './lock-packages.ts';

const maxSize = 256 * 2 ** 20;

/**
 * Reads `package-lock.json` or `npm-shrinkwrap.json` (docs.npmjs.com, "package-lock.json"). Since version 2 all is
 * under `packages`; version 1 has a tree of `dependencies`.
 * @throws PACKAGE_LIST_INVALID
 */
export const catalogLockFile: Catalog = (file) => {
  const [lock, text] = readJson(file, maxSize, listInvalid);
  const isTree = lock['lockfileVersion'] === 1 || !isObject(lock['packages']);
  const lines = locateObjects(text);
  const packages = isTree ? listDependencies(lock['dependencies'], lines) : listPackages(lock['packages'], lines);
  return [{ kind: 'packages', type: 'npm', packages }];
};
