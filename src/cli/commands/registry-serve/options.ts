import type {
  BooleanOption,
  NumberOption,
  OptionGroup,
  PathOption,
  TextOption,
  WithDefault,
} from '../../../core/index.ts';
import { optionsOf } from '../../own-option.ts';
import { makeLogFormatOption } from '../../serving.ts';

const own = optionsOf('registry-serve');

export const addressOption: TextOption = {
  ...own(
    'address',
    'Listen here instead of 127.0.0.1:5000 (under the name crane: $PORT, or any free port, of 127.0.0.1)',
    'HOST:PORT',
  ),
  kind: 'text',
};

export const diskOption: PathOption = {
  ...own('disk', 'Keep what is pushed in this directory instead of in memory', 'DIR'),
  kind: 'path',
};

export const tlsCertOption: PathOption = {
  ...own('tls-cert', 'Speak TLS with the certificate and chain in this PEM file', 'FILE'),
  kind: 'path',
};

export const tlsKeyOption: PathOption = {
  ...own('tls-key', 'Private key of the certificate, in PEM', 'FILE'),
  kind: 'path',
};

export const htpasswdOption: PathOption = {
  ...own('htpasswd', 'Ask everybody for a login of this file, as `htpasswd -B` writes it', 'FILE'),
  kind: 'path',
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

export const logFormatOption: WithDefault<TextOption<'text' | 'json'>> = makeLogFormatOption('registry-serve', {
  preset: 'text',
  each: 'request',
});

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
  return { ...own(flag, description), kind: 'boolean' };
}

function numberOption(flag: string, description: string, preset: number): WithDefault<NumberOption> {
  return { ...own(flag, description, 'NUMBER'), kind: 'integer', minimum: 1, default: preset };
}
