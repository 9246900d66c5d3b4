import { describeError } from '../../../core/index.ts';
import { once } from '../../../kit/memoize.ts';
import { trustError } from '../../errors.ts';
import { loadPackage } from '../package.ts';
import type { KmsAccess } from '../scheme.ts';

/** What is used of `google-auth-library`. */
interface Library {
  readonly GoogleAuth: new (options: {
    readonly scopes: readonly string[];
  }) => { getAccessToken(): Promise<string | null | undefined> };
}

const library = { name: 'google-auth-library', version: '11.3.4', title: 'Google Cloud KMS', guide: 'docs/kms.md' };
const scopes = ['https://www.googleapis.com/auth/cloudkms'];

/** A token that is in the environment, else one of the login that the machine has. @throws TRUST_PACKAGE_MISSING, TRUST_KMS_REFUSED */
export function googleToken(access: KmsAccess): () => Promise<string> {
  return once(async () => {
    const { CLOUDSDK_AUTH_ACCESS_TOKEN: ofGcloud, GOOGLE_OAUTH_ACCESS_TOKEN: given } = access.environment;
    const told = given || ofGcloud || (await askLibrary(access));
    if (/^[\x21-\x7e]+$/.test(told)) return told;
    throw trustError('TRUST_KMS_SETTING', { data: { variable: 'GOOGLE_OAUTH_ACCESS_TOKEN', problem: 'is no token' } });
  });
}

async function askLibrary(access: KmsAccess): Promise<string> {
  const { GoogleAuth } = loadPackage(library, access) as Library;
  try {
    return (await new GoogleAuth({ scopes }).getAccessToken()) ?? '';
  } catch (cause) {
    const detail = describeError(cause).slice(0, 200);
    throw trustError('TRUST_KMS_REFUSED', { data: { service: 'The login of Google Cloud', detail }, cause });
  }
}
