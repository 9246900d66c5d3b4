export { parseCopyright } from './copyright.ts';
export { normalizeLicense } from './normalize.ts';
export { licenseTextPrefix, splitLicenses, splitLicenseWords } from './split.ts';
