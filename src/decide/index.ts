export { judgeEndOfLife } from './end-of-life.ts';
export { type FindingFilter, filterResults, toIgnoredStatuses } from './filter.ts';
export type { IgnoreFile } from './ignore-file.ts';
export {
  allowIncompleteOption,
  decideOptions,
  exitCodeOption,
  exitOnEolOption,
  ignorefileOption,
  ignoreStatusOption,
  ignoreUnfixedOption,
  severityOption,
} from './options.ts';
export { decideVerdict, type Gate } from './verdict.ts';
