/**
 * Runs the real services of Sigstore on this machine: Fulcio, Rekor 2 with its tiles in files, and a timestamp authority, from
 * their Go modules. `npm run light-stack -- install DIRECTORY` builds the programs; `npm run light-stack` starts them from PATH,
 * writes trusted_root.json, signing_config.json and token into a directory, and serves until it is interrupted.
 */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installPrograms, missingPrograms } from './programs.ts';
import { startLightStack } from './start.ts';

const [word, directory] = process.argv.slice(2);
if (word === 'install') await installPrograms(resolve(directory ?? 'bin'));
else await serve();

async function serve(): Promise<void> {
  const missing = await missingPrograms();
  if (missing.length > 0) {
    for (const { name, module } of missing)
      console.log(`Skipped: there is no program \`${name}\` on PATH (${module}).`);
    process.exitCode = process.env['REQUIRE_PEERS'] === '1' ? 1 : 0;
    return;
  }
  const place = await mkdtemp(join(tmpdir(), 'plimsoll-light-stack-'));
  const stack = await startLightStack(place);
  try {
    const [root, config, token] = ['trusted_root.json', 'signing_config.json', 'token'].map((name) =>
      join(place, name),
    );
    await writeFile(root ?? '', stack.trustedRoot);
    await writeFile(config ?? '', stack.signingConfig);
    await writeFile(token ?? '', stack.issuer.issue({ sub: 'user', email: 'user@example.com', email_verified: true }));
    console.log(
      `plimsoll sign --yes --identity-token ${token} --signing-config ${config} --trusted-root ${root} IMAGE`,
    );
    const who = '--certificate-identity user@example.com';
    console.log(`plimsoll verify ${who} --certificate-oidc-issuer ${stack.issuer.url} --trusted-root ${root} IMAGE`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await stack.stop();
    await rm(place, { recursive: true, force: true });
  }
}
