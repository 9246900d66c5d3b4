import { makeRegistry, type Registry } from '../kit/registry.ts';
import { errata } from './strategies/errata/index.ts';
import { fixedVersion } from './strategies/fixed-version/index.ts';
import { oracle } from './strategies/oracle/index.ts';
import { redHat } from './strategies/red-hat/index.ts';
import type { StrategyDescriptor } from './strategy.ts';

/** Every way to apply a distribution's advisories; distributions name theirs. */
export const strategies: Registry<StrategyDescriptor> = makeRegistry([fixedVersion, errata, redHat, oracle]);
