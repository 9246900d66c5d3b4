export { type MatchContext, type MatchedInventory, matchInventory } from './match.ts';
export { matchOptions, severitySourceOption } from './options.ts';
export type { SeveritySources } from './severity.ts';
export type { Match, Strategy, StrategyDescriptor, StrategyInput } from './strategy.ts';
