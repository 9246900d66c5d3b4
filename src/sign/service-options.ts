import type { BooleanOption, OptionGroup, OptionSpec, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { choice, path, text, toggle, toggleOn } from './flag.ts';
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
  environment: ['COSIGN_IDENTITY_TOKEN'],
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
  ...address('oidc-issuer', 'Log in there, where no token is given'),
  default: defaultAddresses.issuer,
};

export const timestampUrlOption: TextOption = address(
  'timestamp-server-url',
  'Have signatures stamped by the authority there',
);

const stampPeer = (flag: string, description: string): PathOption => path({ flag, description });

export const timestampAuthoritiesOption: PathOption = stampPeer(
  'timestamp-client-cacert',
  'Trust only the authorities in this PEM file with the timestamp server',
);

export const timestampCertificateOption: PathOption = stampPeer(
  'timestamp-client-cert',
  'Show this certificate in PEM to the timestamp server',
);

export const timestampKeyOption: PathOption = stampPeer('timestamp-client-key', 'Key of that certificate, in PEM');

export const timestampNameOption: TextOption = text({
  flag: 'timestamp-server-name',
  placeholder: 'NAME',
  description: 'Name that the certificate of the timestamp server must have, where it is not that of its address',
});

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
    timestampAuthoritiesOption,
    timestampCertificateOption,
    timestampKeyOption,
    timestampNameOption,
  ],
};

export const authFlowOption: TextOption<'normal' | 'device' | 'token' | 'client_credentials'> = choice(
  {
    flag: 'fulcio-auth-flow',
    placeholder: 'FLOW',
    description: 'How to log in; by a browser on a terminal, otherwise by a code, unless given',
  },
  'normal',
  'device',
  'token',
  'client_credentials',
);

export const clientIdOption: WithDefault<TextOption> = {
  ...text({ flag: 'oidc-client-id', placeholder: 'NAME', description: 'Log in as this client of the issuer' }),
  default: 'sigstore',
};

export const clientSecretOption: PathOption = path({
  flag: 'oidc-client-secret-file',
  description: 'The secret of the client',
});

export const redirectUrlOption: TextOption = text({
  flag: 'oidc-redirect-url',
  placeholder: 'URL',
  description: 'Where the browser is sent back to, on this machine (default: http://localhost:0/auth/callback)',
});

export const providerOption: TextOption = text({
  flag: 'oidc-provider',
  placeholder: 'NAME',
  description:
    'Ask this place only for a token: github-actions, buildkite-agent, envvar, filesystem, google-workload-identity, google-impersonate or spiffe',
});

export const disableAmbientOption: BooleanOption = toggle({
  flag: 'oidc-disable-ambient-providers',
  description: 'Do not ask the place that the program runs in for a token',
});

/** How the token is found that names the signer. */
export const tokenOptions: OptionGroup = {
  id: 'token',
  title: 'Identity',
  options: [
    authFlowOption,
    clientIdOption,
    clientSecretOption,
    redirectUrlOption,
    providerOption,
    disableAmbientOption,
    toggle({ flag: 'insecure-skip-verify', description: 'No effect' }),
  ],
};
