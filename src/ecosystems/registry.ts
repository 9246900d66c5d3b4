import type { Ecosystem } from '../core/index.ts';
import { makeRegistry, type Registry } from '../kit/registry.ts';
import { alpine } from './alpine/index.ts';
import { apk } from './apk/index.ts';
import { dpkg } from './dpkg/index.ts';
import { go } from './go/index.ts';
import { java } from './java/index.ts';
import { osRelease } from './os-release/index.ts';
import { rpm } from './rpm/index.ts';

/** Every package format, distribution and language ecosystem, in the order results are listed. */
export const ecosystems: Registry<Ecosystem> = makeRegistry<Ecosystem>([osRelease, apk, dpkg, rpm, alpine, go, java]);
