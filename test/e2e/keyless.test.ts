import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { type PublicSigstore, publicImage, standInForSigstore } from '../../testkit/public-sigstore.ts';
import { type CliResult, runCli } from './cli.ts';

interface Place extends PublicSigstore {
  readonly run: (line: string, environment?: Readonly<Record<string, string>>) => Promise<CliResult>;
  readonly token: string;
  readonly at: (name: string) => string;
}

/** Commands run as somebody would write them, with services of this machine behind the public names. */
async function place(): Promise<Place> {
  const home = temporaryDirectory();
  const at = (name: string): string => join(home, name);
  const standIns = await standInForSigstore(at);
  const run: Place['run'] = (line, environment = {}) =>
    runCli(line.split(' '), {
      environment: { HOME: home, PLIMSOLL_CONFIG: at('plimsoll.yaml'), COSIGN_PASSWORD: '', ...environment },
      cwd: home,
    });
  expect(await run(`initialize --root ${at('root.json')}`)).toMatchObject({ code: 0 });
  const token = standIns.services.issuer.issue({ sub: 'user', email: 'user@org.com', email_verified: true });
  return { ...standIns, run, token, at };
}

const who = '--certificate-identity=user@org.com --certificate-oidc-issuer=https://oauth2.sigstore.dev/auth';

test('an image is signed without a key and verified by who signed, at services that stand in for the public ones', async () => {
  const { run, token } = await place();
  expect(await run(`sign ${publicImage}`, { SIGSTORE_ID_TOKEN: token })).toMatchObject({ code: 0 });
  const verified = await run(`verify ${publicImage} ${who}`);
  expect(verified).toMatchObject({ code: 0 });
  const [{ critical }] = JSON.parse(verified.stdout);
  expect(critical.identity['docker-reference']).toMatch(/^ghcr\.io\/org\/task-api@sha256:/);
  const other = await run(`verify ${publicImage} ${who.replace('user@', 'other@')}`);
  expect(other).toMatchObject({ code: 1 });
});

test('somebody logs in at the issuer that stands in, by a code or a browser, and is the signer', async () => {
  const { run, services, at } = await place();
  services.issuer.user = { sub: 'user', email: 'user@org.com', email_verified: true };
  const bySignIn = await run(`sign ${publicImage}`);
  expect(bySignIn).toMatchObject({ code: 0 });
  expect(bySignIn.stderr).toContain('browser at: https://oauth2.sigstore.dev/auth/device');
  expect(await run(`verify ${publicImage} ${who}`)).toMatchObject({ code: 0 });
  // The browser has no endpoints: it is told the public address, and somebody goes to what stands in for it.
  const goes = `fetch(process.argv[2].replace('https://oauth2.sigstore.dev/auth', '${services.url}/oidc'))`;
  writeFileSync(at('browser'), `#!${process.execPath}\n${goes};\n`, { mode: 0o755 });
  const byBrowser = await run(`attest --fulcio-auth-flow=normal --predicate root.json ${publicImage}`, {
    BROWSER: at('browser'),
  });
  expect(byBrowser).toMatchObject({ code: 0 });
  expect(await run(`verify-attestation ${publicImage} ${who}`)).toMatchObject({ code: 0 });
});

test('and with a key', async () => {
  const { run } = await place();
  expect(await run('generate-key-pair')).toMatchObject({ code: 0 });
  expect(await run(`sign --key cosign.key ${publicImage}`)).toMatchObject({ code: 0 });
  expect(await run(`verify --key cosign.pub ${publicImage}`)).toMatchObject({ code: 0 });
});

test('evidence goes to the source where the mirror takes none', async () => {
  const { run, registry } = await place();
  registry.fail({ match: /uploads/, act: { kind: 'status', status: 405 } });
  expect(await run('generate-key-pair')).toMatchObject({ code: 0 });
  const { code, stderr } = await run(`sign --key cosign.key ${publicImage}`);
  expect(code).toBe(1);
  expect(stderr).toContain('The mirror takes no evidence');
  expect(stderr).toContain('NET_HOST_NOT_ALLOWED');
});

test('verify with neither key nor name says which flags to add, before any request', async () => {
  const { registry } = await place();
  const words = ['verify', '--rekor-url=https://rekor.sigstore.dev', `${registry.host}/org/task-api:v1.0.0`];
  const before = registry.seen.length;
  const ours = await runCli(words);
  const cosigns = await runCli(words, { name: 'cosign' });
  expect([ours.code, cosigns.code, registry.seen.length - before]).toEqual([1, 1, 0]);
  for (const flag of ['--certificate-identity=NAME --certificate-oidc-issuer=URL', '--key=FILE']) {
    expect(ours.stderr).toContain(flag);
  }
  const missing =
    '--certificate-identity or --certificate-identity-regexp is required for verification in keyless mode';
  expect(cosigns.stderr).toBe(
    `Flag --rekor-url has been deprecated, please use --bundle, which includes the Rekor inclusion proof\nError: ${missing}\nerror during command execution: ${missing}\n`,
  );
});
