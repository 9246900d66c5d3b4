import type { ListOption, OptionGroup, WithDefault } from '../core/index.ts';
import type { PackageType } from './assess.ts';
import { presentScanners, type ScannerName, scannerNames } from './scanners.ts';

export const scannersOption: ListOption<ScannerName> = {
  kind: 'list',
  flag: 'scanners',
  key: 'scan.scanners',
  aliases: [
    { flag: 'security-checks', key: 'scan.security-checks', deprecated: true },
    { key: 'security-checks', deprecated: true },
  ],
  allowed: scannerNames,
  spellings: {
    vulnerability: 'vuln',
    config: 'misconfig',
    misconf: 'misconfig',
    misconfiguration: 'misconfig',
    licence: 'license',
  },
  default: presentScanners,
  description: 'Look for these kinds of findings',
  trust: 'any',
};

export const packageTypesOption: WithDefault<ListOption<PackageType>> = {
  kind: 'list',
  flag: 'pkg-types',
  key: 'pkg.types',
  aliases: [{ flag: 'vuln-type', key: 'vulnerability.type', deprecated: true }],
  allowed: ['os', 'library'],
  default: ['os', 'library'],
  description: 'Look at packages of these kinds',
  trust: 'any',
};

/** What is looked for. */
export const assessOptions: OptionGroup = {
  id: 'assess',
  title: 'Scan',
  options: [scannersOption, packageTypesOption],
};
