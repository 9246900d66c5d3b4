import type { KmsScheme } from '../scheme.ts';

const load: KmsScheme['load'] = async () => (await import('./key.ts')).findVaultKey;

export const hashivault: KmsScheme = { id: 'hashivault', title: 'HashiCorp Vault', load };

/** The same protocol under another name. */
export const openbao: KmsScheme = { id: 'openbao', title: 'OpenBao', load };
