import { expect, test } from 'vitest';
import { startAzureVault, type TestAzureVault } from '../../../../testkit/azure-vault.ts';
import { makeFetch } from '../../../net/index.ts';
import { publicKeyPem } from '../../keys/public-key.ts';
import { verifySignature } from '../../keys/signature.ts';
import { createKmsKey, openKmsKey, readKmsKey } from '../index.ts';
import type { KmsAccess } from '../scheme.ts';

const message = Buffer.from('a message');

interface AzureAccess extends KmsAccess {
  readonly hosts: readonly string[];
  readonly logins: readonly string[];
}

/** What goes to Azure goes to the test's server. */
function accessTo(
  { address }: Pick<TestAzureVault, 'address'>,
  environment: KmsAccess['environment'] = {},
): AzureAccess {
  const fetch = makeFetch({});
  const [hosts, logins]: [string[], string[]] = [[], []];
  const packages = () => ({
    DefaultAzureCredential: class {
      readonly #host: string;
      constructor({ authorityHost }: { authorityHost: string }) {
        this.#host = authorityHost;
      }
      async getToken(scope: string) {
        logins.push(`${this.#host} ${scope}`);
        return { token: 'a-token' };
      }
    },
  });
  return {
    hosts,
    logins,
    packages,
    environment,
    fetch: async () => (request) => {
      hosts.push(request.url.origin);
      return fetch({ ...request, url: new URL(`${request.url.pathname}${request.url.search}`, address) });
    },
  };
}

test.each(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa'] as const)(
  'a key of %s signs, in a vault and in a module',
  async (kind) => {
    const vault = await startAzureVault();
    for (const isInModule of [false, true]) {
      vault.make('release', kind, isInModule);
      const key = await openKmsKey('azurekms://team.vault.azure.net/release', accessTo(vault));
      expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
    }
  },
);

test.each(['ecdsa-p384', 'ecdsa-p521'] as const)('a key of %s signs by its own hash only', async (kind) => {
  const vault = await startAzureVault();
  vault.make('release', kind);
  const opened = openKmsKey('azurekms://team/release', accessTo(vault), 'rekor1-envelope');
  await expect(opened).rejects.toThrowCode('TRUST_KMS_HASH');
});

test('the newest version counts, unless one is named; what signs is what was read', async () => {
  const vault = await startAzureVault();
  const first = vault.make('release', 'ecdsa-p256');
  const key = await openKmsKey('azurekms://team/release', accessTo(vault));
  vault.make('release', 'ecdsa-p256');
  expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
  const named = await readKmsKey(`azurekms://team/release/${first}`, accessTo(vault));
  expect(publicKeyPem(named)).toBe(publicKeyPem(key.publicKey));
  expect(publicKeyPem(await readKmsKey('azurekms://team/release', accessTo(vault)))).not.toBe(publicKeyPem(named));
});

test('a key is made on P-256; one that is there stays as it is', async () => {
  const vault = await startAzureVault();
  const made = await createKmsKey('azurekms://team/release', accessTo(vault));
  expect(made.kind).toBe('ecdsa-p256');
  expect(publicKeyPem(await createKmsKey('azurekms://team/release', accessTo(vault)))).toBe(publicKeyPem(made));
});

test.each([
  [
    'team',
    undefined,
    'https://team.vault.azure.net',
    'https://login.microsoftonline.com https://vault.azure.net/.default',
  ],
  [
    'team',
    'AZUREUSGOVERNMENT',
    'https://team.vault.usgovcloudapi.net',
    'https://login.microsoftonline.us https://vault.usgovcloudapi.net/.default',
  ],
  [
    'team',
    'AZURECHINACLOUD',
    'https://team.vault.azure.cn',
    'https://login.chinacloudapi.cn https://vault.azure.cn/.default',
  ],
  [
    'localhost:8443',
    undefined,
    'https://localhost:8443',
    'https://login.microsoftonline.com https://vault.azure.net/.default',
  ],
])('the vault %s of the cloud %s is asked at %s', async (name, AZURE_ENVIRONMENT, host, login) => {
  const vault = await startAzureVault();
  vault.make('release', 'ecdsa-p256');
  const access = accessTo(vault, { AZURE_ENVIRONMENT });
  const key = await openKmsKey(`azurekms://${name}/release`, access);
  await key.sign(message);
  expect([new Set(access.hosts), access.logins]).toEqual([new Set([host]), [login]]);
});

test.each(['azurekms://team', 'azurekms://team/a/b/c', 'azurekms://u@team/release', 'azurekms://team/re_lease'])(
  '%s names no key',
  async (name) => {
    await expect(readKmsKey(name, accessTo({ address: '' }))).rejects.toThrowCode('TRUST_KMS_REFERENCE');
  },
);

test.each([
  ['a key that is not there', undefined, 'TRUST_KMS_KEY_MISSING'],
  ['a login that may not', [403, { error: { code: 'Forbidden' } }], 'TRUST_KMS_REFUSED'],
  ['a service that is down', [503, {}], 'TRUST_KMS_BUSY'],
  ['no key', [200, {}], 'TRUST_KMS_INVALID'],
  ['a key without a version', [200, { key: { kid: 'https://a/b?c', kty: 'EC' } }], 'TRUST_KMS_INVALID'],
  ['a key that is none', [200, { key: { kid: 'https://a/b', kty: 'EC', crv: 'P-256' } }], 'TRUST_KMS_INVALID'],
] as const)('%s is told', async (_, answer, code) => {
  const vault = await startAzureVault(() => answer);
  await expect(readKmsKey('azurekms://team/release', accessTo(vault))).rejects.toThrowCode(code);
});

test('a login that fails is told', async () => {
  const vault = await startAzureVault();
  const packages = () => ({
    DefaultAzureCredential: class {
      getToken = () => Promise.reject(new TypeError('no login'));
    },
  });
  const refused = readKmsKey('azurekms://team/release', { ...accessTo(vault), packages });
  await expect(refused).rejects.toThrowCode('TRUST_KMS_REFUSED');
});
