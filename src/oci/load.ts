/** Everything that speaks to registries; loaded apart, as most scans of files need none of it. */
export const loadRemote = (): Promise<typeof import('./remote-access.ts')> => import('./remote-access.ts');

/** The embedded registry. */
export const loadRegistryServer = (): Promise<typeof import('./registry/server.ts')> => import('./registry/server.ts');

/** Finding out why a registry cannot be reached. */
export const loadDiagnose = (): Promise<typeof import('./diagnose/report.ts')> => import('./diagnose/report.ts');

/** Images that daemons of this machine hold, and containerd's store. */
export const loadLocalStores = (): Promise<typeof import('./local-stores.ts')> => import('./local-stores.ts');

/** Images byte for byte: reading, copying and writing them. */
export const loadMoving = (): Promise<typeof import('./moving.ts')> => import('./moving.ts');

/** Images with other layers and another configuration than they were built with. */
export const loadEditing = (): Promise<typeof import('./editing.ts')> => import('./editing.ts');
