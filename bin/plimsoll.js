#!/usr/bin/env node
// Kept to syntax that old versions of Node read, so that they get a sentence instead of a stack trace.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
const supported =
  (major === 22 && (minor > 22 || (minor === 22 && patch >= 2))) || (major === 24 && minor >= 15) || major >= 26;

if (supported) {
  await import('../dist/cli/main.js');
} else {
  const own = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/.bin/node');
  if (existsSync(own) && process.env.PLIMSOLL_NODE !== own) {
    const child = spawnSync(own, process.argv.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, PLIMSOLL_NODE: own },
    });
    if (child.signal) process.kill(process.pid, child.signal);
    process.exitCode = child.status ?? 1;
  } else {
    process.stderr.write(
      `plimsoll needs Node.js 22.22.2, 24.15 or 26 and later; this is ${process.version}. Install one from https://nodejs.org and try again.\n`,
    );
    process.exitCode = 1;
  }
}
