import type { KeySource } from '../app/index.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';

/** Where a key is, by what follows --key: a file, its address, or `env://` and a variable. @throws CLI_KEY_REFERENCE, CLI_KEY_VARIABLE */
export function toKeySource(reference: string, { environment }: Pick<Host, 'environment'>): KeySource {
  const [, scheme, rest = ''] = /^([a-z0-9]+):(?:\/\/)?(.*)$/s.exec(reference) ?? [];
  if (scheme === 'http' || scheme === 'https') return { kind: 'address', url: reference };
  if (scheme === 'env') return { kind: 'text', text: readVariable(rest, environment) };
  if (scheme === 'pkcs11' || reference.includes('://')) {
    throw cliError('CLI_KEY_REFERENCE', { data: { scheme: scheme ?? reference.split('://')[0] } });
  }
  return { kind: 'file', path: reference };
}

function readVariable(name: string, environment: Host['environment']): string {
  const text = environment[name];
  if (text === undefined) throw cliError('CLI_KEY_VARIABLE', { data: { name } });
  return text;
}
