/** What can be looked for, by the names of `--scanners`. */
export const scannerNames = ['vuln', 'misconfig', 'secret', 'license'] as const;

export type ScannerName = (typeof scannerNames)[number];

/** Those that this version has; the rest can be asked for, and then the result is incomplete. */
export const presentScanners: readonly ScannerName[] = ['vuln'];
