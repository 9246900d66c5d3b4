import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../src/cli/host.ts';
import { runProgram } from '../src/cli/run.ts';
import { encryptPrivateKey } from '../src/trust/keys/private-key.ts';
import { temporaryDirectory } from './context.ts';
import { makeHost } from './host.ts';
import { type BuiltImage, buildImage, buildIndex } from './image.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from './registry.ts';
import { type TestCertificate, toPem } from './sigstore/certificate.ts';
import { serveStack } from './sigstore/http/serve.ts';
import { makeKey, type TestKey, type TestKeyKind } from './sigstore/keys.ts';

/** What a command line ended with. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory to sign in, and a registry with an image and an index. */
export interface SigningPlace {
  readonly directory: string;
  readonly at: (name: string) => string;
  readonly registry: TestRegistry;
  /** Of two images, as `app:index`. */
  readonly index: string;
  readonly image: BuiltImage;
  /** `HOST/app:1`. */
  readonly name: string;
  /** Runs our own program; words that name files of the directory are made whole. */
  readonly run: (args: readonly string[], parts?: Partial<Host>) => Promise<Ended>;
}

const files = /^(?:file:)?([\w-]+\.(?:json|pub|key|txt|sig|pem|crt))$/;

export async function signingPlace(options: TestRegistryOptions = {}): Promise<SigningPlace> {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const registry = await startRegistry(options);
  const image = buildImage({ layers: [[{ path: 'a' }]] });
  const other = buildImage({ layers: [[{ path: 'b' }]] });
  await registry.put('app', '1', image);
  await registry.put('app', '2', other);
  await registry.putManifest('app', 'index', buildIndex([image, other]), []);
  const run = async (args: readonly string[], parts: Partial<Host> = {}): Promise<Ended> => {
    const words = args.map((word) => (files.test(word) ? at(word) : word));
    const environment = { HOME: directory, COSIGN_PASSWORD: '', ...parts.environment };
    const host = makeHost(words, { ...parts, environment });
    return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
  };
  const name = `${registry.host}/app:1`;
  return { directory, at, registry, index: `${registry.host}/app:index`, image, name, run };
}

/** Kinds of keys in files; `rsa` has 2048 bits. */
export type KeyFileKind = TestKeyKind | 'rsa-3072' | 'rsa-4096';

/** Writes `NAME.key` (with an empty password) and `NAME.pub`. */
export async function writeKeys(
  { at }: Pick<SigningPlace, 'at'>,
  name: string,
  kind: KeyFileKind = 'ecdsa-p256',
): Promise<TestKey> {
  const { key, encrypted } = keyOf(`${name} ${kind}`, kind);
  writeFileSync(at(`${name}.key`), await encrypted);
  writeFileSync(at(`${name}.pub`), key.pem);
  return key;
}

interface KnownKey {
  readonly key: TestKey;
  readonly encrypted: Promise<string>;
}

const known = new Map<string, KnownKey>();

/** The same key for the same name: deriving the key that encrypts it is slow on purpose. */
function keyOf(name: string, kind: KeyFileKind): KnownKey {
  const made = known.get(name);
  if (made !== undefined) return made;
  const key = kind === 'rsa-3072' || kind === 'rsa-4096' ? makeKey('rsa', Number(kind.slice(4))) : makeKey(kind);
  const fresh = { key, encrypted: encryptPrivateKey(key.privateKey, new Uint8Array()) };
  known.set(name, fresh);
  return fresh;
}

/** Services of Sigstore, with what a signer and a verifier need of them as flags. */
export interface SigningServices {
  /** `--signing-config …`, `--trusted-root …`, `--yes`. */
  readonly flags: readonly string[];
  /** `--identity-token …`. */
  readonly token: readonly string[];
  /** `--certificate-identity …`, `--trusted-root …` and their like. */
  readonly who: readonly string[];
  readonly trust: readonly string[];
  /** The variables by which cosign knows them where it takes no trusted root. */
  readonly environment: Readonly<Record<string, string>>;
  readonly url: string;
  readonly unanswered: readonly string[];
}

export async function signingServices(
  { at }: Pick<SigningPlace, 'at'>,
  log: 'v1' | 'v2' | 'none',
): Promise<SigningServices> {
  const services = await serveStack();
  writeFileSync(at('root.json'), services.trustedRoot());
  writeFileSync(at('config.json'), services.signingConfig(log));
  const email = 'user@example.com';
  const token = services.issuer.issue({ sub: 'user', email, email_verified: true });
  const trust = ['--trusted-root', 'root.json'];
  const { authority, certificateLog, timestamps, log: rekor } = services.stack;
  const chain = (...parts: readonly TestCertificate[]): string => parts.map(({ der }) => toPem(der)).join('');
  const files = {
    SIGSTORE_REKOR_PUBLIC_KEY: rekor.key.pem,
    SIGSTORE_CT_LOG_PUBLIC_KEY_FILE: certificateLog.key.pem,
    SIGSTORE_ROOT_FILE: chain(authority.intermediate, authority.root),
    SIGSTORE_TSA_CERTIFICATE_FILE: chain(timestamps.leaf, timestamps.root),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  return {
    flags: ['--signing-config', 'config.json', ...trust, '--yes'],
    token: ['--identity-token', token],
    who: ['--certificate-identity', email, '--certificate-oidc-issuer', services.issuer.url, ...trust],
    trust,
    environment: Object.fromEntries(Object.keys(files).map((name) => [name, at(name)])),
    url: services.url,
    unanswered: services.unanswered,
  };
}
