import { ociError } from '../errors.ts';

/** Password hashes by name, as `htpasswd -B` writes them. */
export type PasswordHashes = ReadonlyMap<string, string>;

const maxUsers = 10_000;
/** Each step doubles the time of a login; beyond it, one wrong password would keep the server busy for seconds. */
const maxCost = 15;
const bcrypt = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** Reads lines of `name:hash`; comments and empty lines are skipped. @throws OCI_HTPASSWD_INVALID */
export function parseHtpasswd(text: string, path: string): PasswordHashes {
  const hashes = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    const reason = colon < 1 ? 'it is not NAME:HASH' : findFault(line.slice(colon + 1).trim());
    if (reason !== undefined) throw ociError('OCI_HTPASSWD_INVALID', { data: { path, line: index + 1, reason } });
    hashes.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  if (hashes.size === 0 || hashes.size > maxUsers) {
    const reason = hashes.size === 0 ? 'it names nobody' : `it names more than ${maxUsers} users`;
    throw ociError('OCI_HTPASSWD_INVALID', { data: { path, line: 1, reason } });
  }
  return hashes;
}

function findFault(hash: string): string | undefined {
  const cost = bcrypt.exec(hash)?.[1];
  if (cost === undefined) return 'the password is not hashed with bcrypt';
  return Number(cost) < 4 || Number(cost) > maxCost
    ? `the cost of its hash is not between 4 and ${maxCost}`
    : undefined;
}
