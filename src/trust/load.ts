/** The clients of the services that take part in signing; only signing needs them. */
export const loadSigningClients = (): Promise<typeof import('./clients/index.ts')> => import('./clients/index.ts');

/** Private keys: opened, kept, and signed with; only signing needs them. */
export const loadPrivateKeys = (): Promise<typeof import('./keys/private.ts')> => import('./keys/private.ts');
