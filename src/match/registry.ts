import { makeRegistry, type Registry } from '../kit/registry.ts';
import { fixedVersion } from './strategies/fixed-version/index.ts';
import type { StrategyDescriptor } from './strategy.ts';

/** Every way to apply a distribution's advisories; distributions name theirs. */
export const strategies: Registry<StrategyDescriptor> = makeRegistry([fixedVersion]);
