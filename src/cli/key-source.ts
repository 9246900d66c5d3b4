import type { KeySource, KeyTextSource } from '../app/index.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';

/** Where keys are kept that are read nowhere yet. */
const unread: readonly (string | undefined)[] = ['pkcs11', 'k8s', 'gitlab', 'github'];

/** Where a key is, by what follows --key: a file, its address, `env://` and a variable, or a key management system. @throws CLI_KEY_REFERENCE, CLI_KEY_VARIABLE */
export function toKeySource(reference: string, { environment }: Pick<Host, 'environment'>): KeySource {
  const [, scheme, rest = ''] = /^([a-z0-9]+):(?:\/\/)?(.*)$/s.exec(reference) ?? [];
  if (scheme === 'http' || scheme === 'https') return { kind: 'address', url: reference };
  if (scheme === 'env') return { kind: 'text', text: readVariable(rest, environment) };
  if (unread.includes(scheme)) throw cliError('CLI_KEY_REFERENCE', { data: { scheme } });
  if (reference.includes('://')) return { kind: 'kms', reference, environment };
  return { kind: 'file', path: reference };
}

/** As `toKeySource`, for a key that must be read. @throws CLI_KEY_REFERENCE, CLI_KEY_VARIABLE */
export function toKeyTextSource(reference: string, host: Pick<Host, 'environment'>): KeyTextSource {
  const source = toKeySource(reference, host);
  if (source.kind !== 'kms') return source;
  throw cliError('CLI_KEY_REFERENCE', { data: { scheme: reference.split('://')[0] } });
}

function readVariable(name: string, environment: Host['environment']): string {
  const text = environment[name];
  if (text === undefined) throw cliError('CLI_KEY_VARIABLE', { data: { name } });
  return text;
}
