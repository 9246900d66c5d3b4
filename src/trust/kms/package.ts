import { createRequire } from 'node:module';
import { describeError } from '../../core/index.ts';
import { trustError } from '../errors.ts';
import type { KmsAccess } from './scheme.ts';

/** A package that users install beside this program when they need it. */
export interface OptionalPackage {
  readonly name: string;
  /** The one that was tested. */
  readonly version: string;
  /** What needs it, for people. */
  readonly title: string;
  /** Where it is written about. */
  readonly guide: string;
}

/** What the package exports. @throws TRUST_PACKAGE_MISSING */
export function loadPackage({ name, version, title, guide }: OptionalPackage, { packages }: KmsAccess): unknown {
  const load = packages ?? createRequire(import.meta.url);
  try {
    return load(name);
  } catch (cause) {
    // Node lists who asked for it in the lines that follow.
    const [reason] = describeError(cause).split('\n');
    throw trustError('TRUST_PACKAGE_MISSING', { data: { name, version, title, guide, reason }, cause });
  }
}
