import type {
  BooleanOption,
  ListOption,
  NumberOption,
  OptionGroup,
  PathOption,
  TextOption,
  WithDefault,
} from '../core/index.ts';

/** Flags of cosign's commands that verify; each can be given as a variable COSIGN_… too. */
interface Flag {
  readonly flag: string;
  readonly description: string;
  readonly placeholder?: string;
  readonly aliases?: TextOption['aliases'];
}

function named({ flag, description, placeholder, aliases = [] }: Flag) {
  return {
    flag,
    key: `verify.${flag}`,
    local: true,
    environment: [`COSIGN_${flag.replaceAll('-', '_').toUpperCase()}`],
    description,
    aliases,
    trust: 'trusted',
    ...(placeholder !== undefined && { placeholder }),
  } as const;
}

const text = (flag: Flag): TextOption => ({ kind: 'text', ...named(flag) });
const path = (flag: Flag): PathOption => ({ kind: 'path', ...named({ placeholder: 'FILE', ...flag }) });
const toggle = (flag: Flag): BooleanOption => ({ kind: 'boolean', ...named(flag) });

export const keyOption: TextOption = text({
  flag: 'key',
  placeholder: 'KEY',
  description:
    'Verify with this public key: a file, its address, env:// and a variable, or a key management system such as hashivault://NAME',
});

export const bundleOption: PathOption = path({ flag: 'bundle', description: 'The Sigstore bundle with the signature' });

export const signatureOption: TextOption = text({
  flag: 'signature',
  placeholder: 'FILE|BASE64',
  description: 'The signature, as it was kept before bundles',
});

export const certificateOption: PathOption = path({
  flag: 'certificate',
  description: 'The certificate of the signer in PEM, as it was kept before bundles',
  aliases: [{ flag: 'cert' }],
});

export const timestampOption: PathOption = path({
  flag: 'rfc3161-timestamp',
  description: 'The stamp of a timestamp authority, as it was kept before bundles; it is demanded then',
});

/** Evidence of a file, in a bundle or before there were any. */
export const blobEvidenceOptions: readonly (PathOption | TextOption)[] = [
  bundleOption,
  signatureOption,
  certificateOption,
  timestampOption,
];

export const trustedRootOption: PathOption = path({
  flag: 'trusted-root',
  description: "Trust the logs and authorities of this trusted_root.json instead of Sigstore's public ones",
});

export const trustFileOption: PathOption = path({
  flag: 'trust-file',
  description:
    'Accept the keys and identities of this file, by the services that it trusts, each in its time and for its repositories',
});

export const identityOption: TextOption = text({
  flag: 'certificate-identity',
  placeholder: 'NAME',
  description: 'Accept a certificate of exactly this address of a person or workflow',
  aliases: [{ flag: 'cert-identity' }, { flag: 'cert-email' }, { flag: 'certificate-email' }],
});

export const identityPatternOption: TextOption = text({
  flag: 'certificate-identity-regexp',
  placeholder: 'RE2',
  description: 'Accept certificates whose address has this pattern; anchor it with ^ and $',
});

export const issuerOption: TextOption = text({
  flag: 'certificate-oidc-issuer',
  placeholder: 'URL',
  description: 'Accept signers that exactly this service has identified',
  aliases: [{ flag: 'cert-oidc-issuer' }],
});

export const issuerPatternOption: TextOption = text({
  flag: 'certificate-oidc-issuer-regexp',
  placeholder: 'RE2',
  description: 'Accept signers that a service with this pattern has identified',
});

const claim = (name: string, what: string): TextOption =>
  text({
    flag: `certificate-github-workflow-${name}`,
    description: `Accept only certificates with this ${what} of a GitHub workflow`,
  });

export const triggerOption: TextOption = claim('trigger', 'trigger');
export const shaOption: TextOption = claim('sha', 'commit');
export const nameOption: TextOption = claim('name', 'name');
export const repositoryOption: TextOption = claim('repository', 'repository');
export const refOption: TextOption = claim('ref', 'branch or tag');

export const ignoreLogOption: BooleanOption = toggle({
  flag: 'insecure-ignore-tlog',
  description: 'Accept signatures that are in no transparency log',
});

export const ignoreCertificateLogOption: BooleanOption = toggle({
  flag: 'insecure-ignore-sct',
  description: 'Accept certificates that are in no certificate log',
});

export const signedTimestampsOption: BooleanOption = toggle({
  flag: 'use-signed-timestamps',
  description: 'Demand the stamp of a timestamp authority; the time of a log does not count then',
});

export const allowChainOption: BooleanOption = toggle({
  flag: 'allow-certificate-chain',
  description: 'Accept bundles that bring a certificate chain although their version has none',
});

/** Who must have signed. */
export const signerOptions: OptionGroup = {
  id: 'signer',
  title: 'Signer',
  options: [
    keyOption,
    trustFileOption,
    identityOption,
    identityPatternOption,
    issuerOption,
    issuerPatternOption,
    triggerOption,
    shaOption,
    nameOption,
    repositoryOption,
    refOption,
  ],
};

/** What must prove it. */
export const proofOptions: OptionGroup = {
  id: 'proof',
  title: 'Proof',
  options: [trustedRootOption, ignoreLogOption, ignoreCertificateLogOption, signedTimestampsOption, allowChainOption],
};

export const annotationsOption: ListOption = {
  kind: 'list',
  ...named({
    flag: 'annotations',
    placeholder: 'NAME=VALUE',
    description: 'Demand this annotation among those that were signed; may be repeated',
  }),
  short: 'a',
};

export const policyOption: ListOption = {
  kind: 'list',
  ...named({
    flag: 'policy',
    placeholder: 'FILE',
    description: 'Demand that the expression in this .cel file is true of every statement; may be repeated',
  }),
};

export const evidenceRepositoryOption: TextOption = text({
  flag: 'repository',
  placeholder: 'REPOSITORY',
  description: 'Look for signatures and attestations in this repository instead of that of the image',
});

export const signersOption: WithDefault<NumberOption> = {
  kind: 'integer',
  ...named({
    flag: 'signers',
    placeholder: 'COUNT',
    description: 'Demand so many different signers',
    aliases: [{ flag: 'threshold' }],
  }),
  default: 1,
  minimum: 1,
};

export const strictOption: BooleanOption = toggle({
  flag: 'strict',
  description:
    'Demand the same of every image in an index, and that signatures name this repository; attestations are no signatures',
});

export const localImageOption: BooleanOption = toggle({
  flag: 'local-image',
  description: 'IMAGE is a directory: an OCI layout, or what `cosign save` wrote',
});

/** Where evidence of images is, and how much there must be. */
export const imageEvidenceOptions: OptionGroup = {
  id: 'image-evidence',
  title: 'Evidence',
  options: [annotationsOption, signersOption, strictOption, localImageOption, evidenceRepositoryOption],
};
