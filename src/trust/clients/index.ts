export { requestCertificate } from './fulcio.ts';
export { requestJobToken } from './github-actions.ts';
export { enterInRekor1, enterInRekor2, fetchFromRekor1, logEntryChanged } from './rekor.ts';
export { requestTimestamp } from './timestamp.ts';
