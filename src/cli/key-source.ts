import type { KeySource, KeyTextSource, KmsSurroundings } from '../app/index.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';
import { typeAfter } from './prompt.ts';

/** Where a key is, by what follows --key: a file, its address, `env://` and a variable, a token, or a key management system. @throws CLI_KEY_REFERENCE, CLI_KEY_VARIABLE */
export function toKeySource(reference: string, host: Pick<Host, 'environment' | 'stderr' | 'typeSecret'>): KeySource {
  const { environment } = host;
  const [, scheme, rest = ''] = /^([a-z0-9]+):(?:\/\/)?(.*)$/s.exec(reference) ?? [];
  if (scheme === 'http' || scheme === 'https') return { kind: 'address', url: reference };
  if (scheme === 'env') return { kind: 'text', text: readVariable(rest, environment) };
  if (reference.includes('://') || scheme === 'pkcs11') {
    return { kind: 'kms', reference, ...toSurroundings(host) };
  }
  return { kind: 'file', path: reference };
}

/** What keys that stay where they are are reached with. */
export function toSurroundings(host: Pick<Host, 'environment' | 'stderr' | 'typeSecret'>): KmsSurroundings {
  const { environment, typeSecret } = host;
  if (typeSecret === undefined) return { environment };
  return { environment, askSecret: (question) => typeAfter(host, question, typeSecret) };
}

/** As `toKeySource`, for a key that must be read. @throws CLI_KEY_REFERENCE, CLI_KEY_VARIABLE */
export function toKeyTextSource(reference: string, host: Host): KeyTextSource {
  const source = toKeySource(reference, host);
  if (source.kind !== 'kms') return source;
  throw cliError('CLI_KEY_REFERENCE', { data: { scheme: reference.split(':')[0] } });
}

function readVariable(name: string, environment: Host['environment']): string {
  const text = environment[name];
  if (text === undefined) throw cliError('CLI_KEY_VARIABLE', { data: { name } });
  return text;
}
