export { requestCertificate } from './fulcio.ts';
export { enterInRekor1, enterInRekor2 } from './rekor.ts';
export { requestTimestamp } from './timestamp.ts';
