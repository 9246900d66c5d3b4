import { describeError } from '../../../core/index.ts';
import { once } from '../../../kit/memoize.ts';
import { trustError } from '../../errors.ts';
import { loadPackage } from '../package.ts';
import type { KmsAccess } from '../scheme.ts';

/** What is used of `@azure/identity`. */
interface Library {
  readonly DefaultAzureCredential: new (options: {
    readonly authorityHost: string;
  }) => { getToken(scope: string): Promise<{ readonly token: string } | null> };
}

/** A cloud of Azure: who vouches for logins, and where vaults are. */
export interface Cloud {
  readonly authorityHost: string;
  readonly vaults: string;
}

const library = { name: '@azure/identity', version: '4.14.1', title: 'Azure Key Vault', guide: 'docs/kms.md' };
const usual: Cloud = { authorityHost: 'https://login.microsoftonline.com', vaults: 'vault.azure.net' };
const government: Cloud = { authorityHost: 'https://login.microsoftonline.us', vaults: 'vault.usgovcloudapi.net' };
const china: Cloud = { authorityHost: 'https://login.chinacloudapi.cn', vaults: 'vault.azure.cn' };
const clouds: ReadonlyMap<string, Cloud> = new Map([
  ['AZUREUSGOVERNMENT', government],
  ['AZUREUSGOVERNMENTCLOUD', government],
  ['AZURECHINACLOUD', china],
]);

/** The cloud that AZURE_ENVIRONMENT names, as cosign reads it. */
export function cloudOf({ environment }: KmsAccess): Cloud {
  return clouds.get(environment['AZURE_ENVIRONMENT'] ?? '') ?? usual;
}

/** A token of the login that the machine has. @throws TRUST_PACKAGE_MISSING, TRUST_KMS_REFUSED */
export function azureToken(access: KmsAccess): () => Promise<string> {
  return once(async () => {
    const { authorityHost, vaults } = cloudOf(access);
    const { DefaultAzureCredential } = loadPackage(library, access) as Library;
    try {
      const given = await new DefaultAzureCredential({ authorityHost }).getToken(`https://${vaults}/.default`);
      return given?.token ?? '';
    } catch (cause) {
      const detail = describeError(cause).slice(0, 200);
      throw trustError('TRUST_KMS_REFUSED', { data: { service: 'The login of Azure', detail }, cause });
    }
  });
}
