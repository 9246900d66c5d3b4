/** Downloading; loaded apart, as most scans find the database there. */
export const loadDownload = (): Promise<typeof import('./download/update.ts')> => import('./download/update.ts');

/** Reading OSV records; loaded apart, as it brings a schema library. */
export const loadOsv = (): Promise<typeof import('./osv/open.ts')> => import('./osv/open.ts');
