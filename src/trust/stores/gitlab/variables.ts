import { trustError } from '../../errors.ts';
import { addressIn, ask, readAnswer, type Service, tokenIn, variables } from '../ask.ts';
import type { FindStored, StoreAccess, StoredPair } from '../store.ts';

/** A number, or a path of groups that ends with the project or group. */
const names = /^[\w.+-]{1,255}(?:\/[\w.+-]{1,255}){0,20}$/;

/** Variables of a project or, where there is no such project, of a group. */
export const findVariables: FindStored = async ({ name, text }, access) => {
  if (!names.test(name)) throw trustError('TRUST_STORE_REFERENCE', { data: { reference: text } });
  const place: Place = { service: serviceOf(access), name, text, access };
  return {
    async write(pair) {
      const kind = await kindOf(place);
      for (const [part, key] of Object.entries(variables)) {
        const value = Buffer.from(pair[part as keyof StoredPair]).toString('utf8');
        const body = { key, value, variable_type: 'env_var', protected: false, masked: false, environment_scope: '*' };
        const answer = await ask(place.service, { method: 'POST', path: pathOf(place, kind), body }, access);
        if (answer === undefined) throw missing(place, key);
      }
      const title = kind.slice(0, -1);
      return [
        `Password written to "${variables.password}" ${title} variable`,
        `Private key written to "${variables.privateKey}" ${title} variable`,
        `Public key written to "${variables.publicKey}" ${title} variable`,
      ];
    },
    async readPrivate() {
      const kind = await kindOf(place);
      const privateKey = await read(place, kind, variables.privateKey);
      return { privateKey, password: Buffer.from(await read(place, kind, variables.password)) };
    },
    readPublic: async () => read(place, await kindOf(place), variables.publicKey),
  };
};

interface Place {
  readonly service: Service;
  readonly name: string;
  readonly text: string;
  readonly access: StoreAccess;
}

type Kind = 'projects' | 'groups';

function serviceOf(access: StoreAccess): Service {
  const token = tokenIn(access, 'GITLAB_TOKEN');
  const site = addressIn(access, 'GITLAB_HOST', 'https://gitlab.com').replace(/\/api\/v4$/, '');
  return { title: 'GitLab', address: `${site}/api/v4`, headers: { 'private-token': token } };
}

async function kindOf({ service, name, text, access }: Place): Promise<Kind> {
  for (const kind of ['projects', 'groups'] as const) {
    if ((await ask(service, { path: `${kind}/${encodeURIComponent(name)}` }, access)) !== undefined) return kind;
  }
  throw missing({ service }, text);
}

function pathOf({ name }: Place, kind: Kind): string {
  return `${kind}/${encodeURIComponent(name)}/variables`;
}

async function read(place: Place, kind: Kind, variable: string): Promise<string> {
  const answer = await ask(place.service, { path: `${pathOf(place, kind)}/${variable}` }, place.access);
  if (answer === undefined) throw missing(place, variable);
  return readAnswer(place.service.title, () => answer.require('value', answer.text('value')));
}

function missing({ service }: Pick<Place, 'service'>, name: string): Error {
  const data = { service: service.title, detail: `there is no ${name}, or it is not shown` };
  return trustError('TRUST_STORE_REFUSED', { data });
}
