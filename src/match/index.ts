export { type MatchContext, type MatchedInventory, matchInventory } from './match.ts';
export { matchOptions, severitySourceOption } from './options.ts';

export type { Match, StrategyInput } from './strategy.ts';
