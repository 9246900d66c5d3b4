import type {
  BooleanOption,
  NumberOption,
  OptionGroup,
  PathOption,
  TextOption,
  WithDefault,
} from '../../../core/index.ts';

export const addressOption: TextOption = {
  kind: 'text',
  flag: 'address',
  key: 'registry-serve.address',
  local: true,
  placeholder: 'HOST:PORT',
  description: 'Listen here instead of 127.0.0.1:5000 (under the name crane: $PORT, or any free port, of 127.0.0.1)',
  trust: 'trusted',
};

export const diskOption: PathOption = {
  kind: 'path',
  flag: 'disk',
  key: 'registry-serve.disk',
  local: true,
  placeholder: 'DIR',
  description: 'Keep what is pushed in this directory instead of in memory',
  trust: 'trusted',
};

export const tlsCertOption: PathOption = {
  kind: 'path',
  flag: 'tls-cert',
  key: 'registry-serve.tls-cert',
  local: true,
  placeholder: 'FILE',
  description: 'Speak TLS with the certificate and chain in this PEM file',
  trust: 'trusted',
};

export const tlsKeyOption: PathOption = {
  kind: 'path',
  flag: 'tls-key',
  key: 'registry-serve.tls-key',
  local: true,
  placeholder: 'FILE',
  description: 'Private key of the certificate, in PEM',
  trust: 'trusted',
};

export const htpasswdOption: PathOption = {
  kind: 'path',
  flag: 'htpasswd',
  key: 'registry-serve.htpasswd',
  local: true,
  placeholder: 'FILE',
  description: 'Ask everybody for a login of this file, as `htpasswd -B` writes it',
  trust: 'trusted',
};

export const readOnlyOption: BooleanOption = flagOption('read-only', 'Take in and delete nothing');
export const noDeleteOption: BooleanOption = flagOption('no-delete', 'Delete nothing; tags can still be moved');
export const allowSparseOption: BooleanOption = flagOption(
  'allow-sparse',
  'Take manifests and indexes though not all that they name is there',
);

export const maxBlobSizeOption: WithDefault<NumberOption> = {
  ...numberOption('max-blob-size', 'Refuse blobs that are larger', 64 * 2 ** 30),
  kind: 'size',
  placeholder: 'SIZE',
};

export const maxUploadsOption: WithDefault<NumberOption> = numberOption(
  'max-uploads',
  'Refuse to start an upload while so many are open',
  1000,
);

export const maxConnectionsOption: WithDefault<NumberOption> = numberOption(
  'max-connections',
  'Close connections beyond so many at once',
  512,
);

export const idleTimeoutOption: WithDefault<NumberOption> = {
  ...numberOption('idle-timeout', 'Close a connection on which nothing moves for so long', 120_000),
  kind: 'duration',
  placeholder: 'DURATION',
};

export const uploadTimeoutOption: WithDefault<NumberOption> = {
  ...numberOption('upload-timeout', 'Forget an upload that nobody goes on with for so long', 3_600_000),
  kind: 'duration',
  placeholder: 'DURATION',
};

export const logFormatOption: WithDefault<TextOption<'text' | 'json'>> = {
  kind: 'text',
  flag: 'log-format',
  key: 'registry-serve.log-format',
  local: true,
  allowed: ['text', 'json'],
  default: 'text',
  description: 'Write a line of text or of JSON for each request',
  trust: 'any',
};

export const serveOptions: OptionGroup = {
  id: 'registry-serve',
  title: 'Serving',
  options: [
    addressOption,
    diskOption,
    tlsCertOption,
    tlsKeyOption,
    htpasswdOption,
    readOnlyOption,
    noDeleteOption,
    allowSparseOption,
    maxBlobSizeOption,
    maxUploadsOption,
    maxConnectionsOption,
    idleTimeoutOption,
    uploadTimeoutOption,
    logFormatOption,
  ],
};

function flagOption(flag: string, description: string): BooleanOption {
  return { kind: 'boolean', flag, key: `registry-serve.${flag}`, local: true, description, trust: 'trusted' };
}

function numberOption(flag: string, description: string, preset: number): WithDefault<NumberOption> {
  return {
    kind: 'integer',
    flag,
    key: `registry-serve.${flag}`,
    local: true,
    minimum: 1,
    default: preset,
    placeholder: 'NUMBER',
    description,
    trust: 'trusted',
  };
}
