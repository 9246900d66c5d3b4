import { makeRegistry, type Registry } from '../kit/registry.ts';
import { apk } from './apk/index.ts';
import { dpkg } from './dpkg/index.ts';
import { go } from './go/index.ts';
import { maven } from './maven/index.ts';
import { npm } from './npm/index.ts';
import { pep440 } from './pep440/index.ts';
import { rpm } from './rpm/index.ts';
import type { VersionScheme } from './scheme.ts';

/** All version schemes, by identifier: those of package formats, then those of languages. */
export const versionSchemes: Registry<VersionScheme> = makeRegistry([apk, dpkg, rpm, npm, pep440, go, maven]);
