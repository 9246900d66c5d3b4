import { makeRegistry, type Registry } from '../kit/registry.ts';
import { apk } from './apk/index.ts';
import type { VersionScheme } from './scheme.ts';

/** All version schemes, by identifier. */
export const versionSchemes: Registry<VersionScheme> = makeRegistry([apk]);
