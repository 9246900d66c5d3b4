export { judgeEndOfLife } from './end-of-life.ts';
export { type FindingFilter, filterFindings } from './filter.ts';
export { decideVerdict, type Gate } from './verdict.ts';
