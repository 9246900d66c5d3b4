/** Everything that is done with SBOMs; loaded apart, as most scans have none. */
export const loadSboms = (): Promise<typeof import('./operations.ts')> => import('./operations.ts');
