import { type KeyFileKind, type SigningPlace, signingServices, writeKeys } from './signing.ts';

/** One way to sign: with a key or for whom a token names, at which log, in which layout. */
export interface SigningWay {
  readonly signer: KeyFileKind | 'keyless';
  readonly log: 'none' | 'v1' | 'v2';
  readonly layout: 'bundle' | 'legacy';
}

const kinds: readonly KeyFileKind[] = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'rsa',
  'rsa-3072',
  'rsa-4096',
  'ed25519',
];

/** Every way that cosign has: logs of version 2 belong to bundles, and keyless needs a log. */
export const signingWays: readonly SigningWay[] = [...kinds, 'keyless' as const].flatMap((signer) =>
  (['bundle', 'legacy'] as const).flatMap((layout) =>
    (['none', 'v1', 'v2'] as const)
      .filter((log) => !(layout === 'legacy' && log === 'v2') && !(signer === 'keyless' && log === 'none'))
      .map((log) => ({ signer, log, layout })),
  ),
);

/** What is said on the command line for a way. */
export interface WayFlags {
  readonly sign: readonly string[];
  readonly verify: readonly string[];
  /** What cosign takes in the place of a trusted root, for files in the form of before. */
  readonly environment: Readonly<Record<string, string>>;
  /** The signature has the stamp of an authority. */
  readonly isStamped: boolean;
}

/** Writes keys or starts services for a way, and tells the flags. */
export async function prepareWay(place: SigningPlace, way: SigningWay): Promise<WayFlags> {
  const { signer, log, layout } = way;
  const old = layout === 'legacy' ? ['--new-bundle-format=false'] : [];
  if (signer !== 'keyless') await writeKeys(place, 'own', signer);
  if (log === 'none') {
    return {
      sign: ['--key', 'own.key', '--use-signing-config=false', '--tlog-upload=false', '--yes', ...old],
      verify: ['--key', 'own.pub', '--insecure-ignore-tlog'],
      environment: {},
      isStamped: false,
    };
  }
  const { url, flags, token, trust, who, environment } = await signingServices(place, log);
  const addresses = ['--fulcio-url', url, '--rekor-url', url, '--timestamp-server-url', `${url}/api/v1/timestamp`];
  const services =
    layout === 'bundle' ? flags : ['--use-signing-config=false', '--yes', ...trust, ...addresses, ...old];
  const [own, asked] =
    signer === 'keyless'
      ? [token, who]
      : [
          ['--key', 'own.key'],
          ['--key', 'own.pub', ...trust],
        ];
  return { sign: [...own, ...services], verify: asked, environment, isStamped: true };
}
