import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string): string => readFileSync(join(import.meta.dirname, 'tls', name), 'utf8');

/** A test authority, and a certificate of it for localhost and 127.0.0.1 that serves both ends. */
export const certificates: { readonly ca: string; readonly cert: string; readonly key: string } = {
  ca: read('ca.pem'),
  cert: read('cert.pem'),
  key: read('key.pem'),
};
