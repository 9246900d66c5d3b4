/** The clients of the services that take part in signing; only signing needs them. */
export const loadSigningClients = (): Promise<typeof import('./clients/index.ts')> => import('./clients/index.ts');

/** Tokens of the place that the program runs in; only signing without a key needs them. */
export const loadAmbient = (): Promise<typeof import('./ambient/find.ts')> => import('./ambient/find.ts');

/** Tokens that somebody logs in for. */
export const loadLogin = (): Promise<typeof import('./login/index.ts')> => import('./login/index.ts');

/** Private keys: opened, kept, and signed with; only signing needs them. */
export const loadPrivateKeys = (): Promise<typeof import('./keys/private.ts')> => import('./keys/private.ts');

/** Keys that a TUF repository hands out, and the cache of them. */
export const loadTuf = (): Promise<typeof import('./tuf/index.ts')> => import('./tuf/index.ts');

/** Trusted roots and signing configurations, made of what a command line says. */
export const loadTrustFiles = (): Promise<typeof import('./root/create.ts')> => import('./root/create.ts');

/** Keys in key management systems; only who names one needs them. */
export const loadKms = (): Promise<typeof import('./kms/index.ts')> => import('./kms/index.ts');

/** What tokens are there, and which keys they have. */
export const loadTokens = (): Promise<typeof import('./kms/pkcs11/list.ts')> => import('./kms/pkcs11/list.ts');

/** Files of people's own with whom they trust. */
export const loadTrustFile = (): Promise<typeof import('./file/index.ts')> => import('./file/index.ts');

/** Places that key pairs are kept in for others; only who names one needs them. */
export const loadStores = (): Promise<typeof import('./stores/index.ts')> => import('./stores/index.ts');
