import { trustError } from '../../errors.ts';
import { addressIn, ask, readAnswer, type Service, tokenIn, variables } from '../ask.ts';
import type { FindStored, StoreAccess, StoredPair } from '../store.ts';
import { seal } from './seal.ts';

const names = /^[\w.-]{1,100}(?:\/[\w.-]{1,100})?$/;
const keyLength = 32;

/** What a secret is encrypted for. */
interface Recipient {
  readonly id: string;
  readonly key: Buffer;
}

/** Secrets of a repository, `OWNER/REPO`, or of an organization, `OWNER`. */
export const findSecrets: FindStored = async (reference, access) => {
  if (!names.test(reference.name) || /(?:^|\/)\.+(?:\/|$)/.test(reference.name)) {
    throw trustError('TRUST_STORE_REFERENCE', { data: { reference: reference.text } });
  }
  const service = serviceOf(access);
  const isRepository = reference.name.includes('/');
  const path = `${isRepository ? 'repos' : 'orgs'}/${reference.name}/actions/secrets`;
  const unreadable = () => Promise.reject(trustError('TRUST_STORE_UNREADABLE', { data: { title: service.title } }));
  return {
    readPrivate: unreadable,
    readPublic: unreadable,
    async write(pair) {
      const recipient = await askRecipient(service, path, access);
      for (const [part, name] of Object.entries(variables)) {
        const secret = seal(Buffer.from(pair[part as keyof StoredPair]), recipient.key).toString('base64');
        const body = { encrypted_value: secret, key_id: recipient.id, ...(!isRepository && { visibility: 'private' }) };
        const answer = await ask(service, { method: 'PUT', path: `${path}/${name}`, body }, access);
        if (answer === undefined) throw missing(service, reference.text);
      }
      return [
        `Password written to ${variables.password} github actions secret`,
        `Private key written to ${variables.privateKey} github actions secret`,
        `Public key written to ${variables.publicKey} github actions secret`,
      ];
    },
  };
};

/** GitHub Enterprise has its interface below the site, github.com beside it. */
function serviceOf(access: StoreAccess): Service {
  const token = tokenIn(access, 'GITHUB_TOKEN');
  const site = addressIn(access, 'GITHUB_HOST', '');
  const isInterface = site === '' || /\/api\/v3$/.test(site) || /^https?:\/\/api\./.test(site);
  return {
    title: 'GitHub',
    address: site === '' ? 'https://api.github.com' : isInterface ? site : `${site}/api/v3`,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
  };
}

async function askRecipient(service: Service, path: string, access: StoreAccess): Promise<Recipient> {
  const answer = await ask(service, { path: `${path}/public-key` }, access);
  if (answer === undefined) throw missing(service, path);
  return readAnswer(service.title, () => {
    const key = answer.require('key', answer.bytes('key'));
    if (key.length !== keyLength) {
      const data = { service: service.title, reason: 'its key for secrets is not one of X25519' };
      throw trustError('TRUST_STORE_INVALID', { data });
    }
    return { id: answer.require('keyId', answer.text('keyId')), key };
  });
}

function missing({ title }: Service, name: string): Error {
  return trustError('TRUST_STORE_REFUSED', {
    data: { service: title, detail: `there is no ${name}, or it is not shown` },
  });
}
