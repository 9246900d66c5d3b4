import type { BooleanOption, OptionGroup, OptionSpec, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { path, text, toggle, toggleOn } from './flag.ts';
import { privateKeyOption } from './options.ts';

export const certificateOption: PathOption = path({
  flag: 'certificate',
  description: 'The certificate of the key, which is put beside the signature',
  aliases: [{ flag: 'cert' }],
});

export const certificateChainOption: PathOption = path({
  flag: 'certificate-chain',
  description: 'The authorities behind the certificate, from the nearest to the root',
  aliases: [{ flag: 'cert-chain' }],
});

export const identityTokenOption: TextOption = {
  ...text({
    flag: 'identity-token',
    placeholder: 'TOKEN',
    description: 'The token of OpenID Connect that names the signer, or the file that holds it',
  }),
  environment: ['COSIGN_IDENTITY_TOKEN', 'SIGSTORE_ID_TOKEN'],
  secret: true,
};

export const issueCertificateOption: BooleanOption = toggle({
  flag: 'issue-certificate',
  description: 'Have a certificate issued although there is a key',
});

/** Who signs. */
export const signingOptions: readonly OptionSpec[] = [
  privateKeyOption,
  certificateOption,
  certificateChainOption,
  identityTokenOption,
  issueCertificateOption,
];

export const signingConfigOption: PathOption = path({
  flag: 'signing-config',
  description: "Sign at the services of this signing_config.v0.2.json instead of Sigstore's public ones",
});

export const useSigningConfigOption: WithDefault<BooleanOption> = toggleOn({
  flag: 'use-signing-config',
  description: "Sign at Sigstore's public services, as its signing configuration names them",
});

export const tlogUploadOption: WithDefault<BooleanOption> = toggleOn({
  flag: 'tlog-upload',
  description: 'Enter the signature in a transparency log',
});

export const defaultAddresses = {
  authority: 'https://fulcio.sigstore.dev',
  log: 'https://rekor.sigstore.dev',
  issuer: 'https://oauth2.sigstore.dev/auth',
} as const;

const address = (flag: string, description: string): TextOption => text({ flag, placeholder: 'URL', description });

export const fulcioUrlOption: WithDefault<TextOption> = {
  ...address('fulcio-url', 'Have certificates issued there'),
  default: defaultAddresses.authority,
};

export const rekorUrlOption: WithDefault<TextOption> = {
  ...address('rekor-url', 'Enter signatures in the log there'),
  default: defaultAddresses.log,
};

export const oidcIssuerOption: WithDefault<TextOption> = {
  ...address('oidc-issuer', 'Who issues the token; nothing is asked of it'),
  default: defaultAddresses.issuer,
};

export const timestampUrlOption: TextOption = address(
  'timestamp-server-url',
  'Have signatures stamped by the authority there',
);

/** Which services take part. */
export const serviceOptions: OptionGroup = {
  id: 'signing-services',
  title: 'Services',
  options: [
    signingConfigOption,
    useSigningConfigOption,
    tlogUploadOption,
    fulcioUrlOption,
    rekorUrlOption,
    oidcIssuerOption,
    timestampUrlOption,
  ],
};

export const disableAmbientOption: BooleanOption = toggle({
  flag: 'oidc-disable-ambient-providers',
  description: 'Do not ask GitHub Actions for a token',
});

/** What cosign takes to get a token in ways that are not there: nothing of it has an effect. */
export const tokenOptions: OptionGroup = {
  id: 'token',
  title: 'Accepted for compatibility',
  options: [
    text({ flag: 'fulcio-auth-flow', description: 'No effect: the token is given' }),
    text({ flag: 'oidc-client-id', description: 'No effect: the token is given' }),
    path({ flag: 'oidc-client-secret-file', description: 'No effect: the token is given' }),
    text({ flag: 'oidc-redirect-url', description: 'No effect: the token is given' }),
    text({ flag: 'oidc-provider', description: 'No effect: the token is given' }),
    disableAmbientOption,
    toggle({ flag: 'insecure-skip-verify', description: 'No effect' }),
  ],
};
