/** The clients of the services that take part in signing; only signing needs them. */
export const loadSigningClients = (): Promise<typeof import('./clients/index.ts')> => import('./clients/index.ts');
