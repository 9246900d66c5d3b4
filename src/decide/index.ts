export { judgeEndOfLife } from './end-of-life.ts';
export { type FilteredResults, type FindingFilter, filterResults, toIgnoredStatuses } from './filter.ts';
export type { IgnoreFile } from './ignore-file.ts';
export { decideVerdict, type Gate } from './verdict.ts';
