export { type MatchContext, type MatchedInventory, matchInventory } from './match.ts';
export type { SeveritySources } from './severity.ts';
export type { Match, Strategy, StrategyDescriptor, StrategyInput } from './strategy.ts';
