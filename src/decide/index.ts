export { judgeEndOfLife } from './end-of-life.ts';
export { type FindingFilter, filterFindings } from './filter.ts';
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
