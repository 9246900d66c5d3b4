export { requestCertificate } from './fulcio.ts';
export { enterInRekor1, enterInRekor2, fetchFromRekor1, logEntryChanged } from './rekor.ts';
export { requestTimestamp } from './timestamp.ts';
