#!/usr/bin/env node
// Kept to syntax that old versions of Node read, so that they get a sentence instead of a stack trace.
const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
const supported =
  (major === 22 && (minor > 22 || (minor === 22 && patch >= 2))) || (major === 24 && minor >= 15) || major >= 26;

if (supported) {
  await import('../dist/cli/main.js');
} else {
  // Loaded here and below, because the usual start has no use for them and would wait for them.
  const { existsSync } = await import('node:fs');
  const { dirname, join } = await import('node:path');
  const { fileURLToPath } = await import('node:url');
  const own = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/.bin/node');
  if (existsSync(own) && process.env.PLIMSOLL_NODE !== own) {
    await runWith(own);
  } else {
    process.stderr.write(
      `plimsoll needs Node.js 22.22.2, 24.15 or 26 and later; this is ${process.version}. Install one from https://nodejs.org and try again.\n`,
    );
    process.exitCode = 1;
  }
}

/** Runs the same command line with another Node, as if it were this process. */
async function runWith(node) {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, PLIMSOLL_NODE: node },
  });
  // A terminal interrupts both; whoever else ends this process means the other too.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`plimsoll cannot start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal !== null) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exitCode = code;
  });
}
