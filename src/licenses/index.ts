export { parseCopyright } from './copyright.ts';
export { toLicenseExpression } from './expression.ts';
export { identifyLicense } from './identify.ts';
export { normalizeLicense } from './normalize.ts';
export { licenseTextPrefix, splitLicenses, splitLicenseWords } from './split.ts';
export { recognizeLicenses } from './text/recognize.ts';
