import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = 'plimsoll.yaml';

/** Nothing but this machine may be contacted, whatever a command does. */
export function writeConfiguration(out: string): void {
  writeFileSync(join(out, name), 'network:\n  allow: [127.0.0.1]\n');
}

/** What every command runs with. The key is the example's own, and needs no password. */
export function environmentOf(out: string): Readonly<Record<string, string>> {
  return { PLIMSOLL_CONFIG: join(out, name), COSIGN_PASSWORD: '' };
}
