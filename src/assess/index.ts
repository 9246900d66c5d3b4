export { type AssessInput, type Assessment, assessInventory, type PackageType } from './assess.ts';
export { assessOptions, packageTypesOption, scannersOption } from './options.ts';
export { presentScanners, type ScannerName } from './scanners.ts';
