import { isAppError } from '../../core/index.ts';
import { once } from '../../kit/memoize.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { type Certificate, parseCertificate } from '../certificate/certificate.ts';
import { usesOf } from '../certificate/extensions.ts';
import { trustError } from '../errors.ts';
import { readValidity, type Validity } from '../validity.ts';
import { type LogKey, readLogKey } from './log-key.ts';

/** Whom a verifier trusts: logs, certificate authorities and timestamp authorities, each for a time. */
export interface TrustedRoot {
  readonly logs: readonly TrustedLog[];
  readonly certificateAuthorities: readonly TrustedAuthority[];
  /** Certificate transparency logs. */
  readonly certificateLogs: readonly TrustedLog[];
  readonly timestampAuthorities: readonly TrustedAuthority[];
}

export interface TrustedLog {
  readonly url: string;
  /** How entries name it. */
  readonly id: Buffer;
  readonly validity: Validity;
  /** @throws TRUST_KEY_INVALID, TRUST_KEY_UNSUPPORTED */
  readonly key: () => LogKey;
}

export interface TrustedAuthority {
  readonly url: string;
  readonly validity: Validity;
  /** @throws TRUST_CERTIFICATE_INVALID */
  readonly chain: () => AuthorityChain;
}

export interface AuthorityChain {
  /** The certificate that signs timestamps, when the trusted root names it. */
  readonly leaf?: Certificate;
  readonly intermediates: readonly Certificate[];
  readonly root: Certificate;
}

const maxSize = 16 * 2 ** 20;
const maxInstances = 256;
const maxCertificates = 10;
const mediaType = /^application\/vnd\.dev\.sigstore\.trustedroot(\+json;version=0\.1|\.v0\.[12]\+json)$/;

/**
 * Reads a trusted_root.json (sigstore_trustroot.proto, TrustedRoot). Keys and certificates are read when asked for.
 * @throws TRUST_ROOT_INVALID, KIT_TEXT_TOO_LONG
 */
export function parseTrustedRoot(json: Uint8Array | string): TrustedRoot {
  try {
    return readTrustedRoot(new ProtoFields(parseBoundedJson(json, maxSize)));
  } catch (error) {
    if (isAppError(error, 'KIT_JSON_INVALID')) throw invalid(error.message);
    throw error;
  }
}

function readTrustedRoot(fields: ProtoFields): TrustedRoot {
  const type = fields.text('mediaType') ?? '';
  if (!mediaType.test(type)) throw invalid(`it has the media type "${type}"`);
  return {
    logs: fields.list('tlogs', maxInstances).map(readLog),
    certificateAuthorities: fields.list('certificateAuthorities', maxInstances).map(readAuthority),
    certificateLogs: fields.list('ctlogs', maxInstances).map(readLog),
    timestampAuthorities: fields.list('timestampAuthorities', maxInstances).map(readAuthority),
  };
}

function readLog(fields: ProtoFields): TrustedLog {
  if (![1, 'SHA2_256'].includes(fields.raw('hashAlgorithm') as string)) {
    throw invalid(`${fields.at('hashAlgorithm')} is not SHA2_256`);
  }
  const keyFields = fields.require('publicKey', fields.fields('publicKey'));
  const id = fields.fields('logId')?.bytes('keyId');
  const validity = readValidity(keyFields.fields('validFor'));
  // A log that is trusted since for ever was most likely left without its window by mistake.
  keyFields.require('validFor.start', validity.start);
  return {
    url: fields.text('baseUrl') ?? '',
    id: fields.require('logId', id),
    validity,
    key: readLogKey(keyFields),
  };
}

function readAuthority(fields: ProtoFields): TrustedAuthority {
  const list = fields.require('certChain', fields.fields('certChain')).list('certificates', maxCertificates);
  const certificates = list.map((item) => item.require('rawBytes', item.bytes('rawBytes')));
  if (certificates.length === 0) throw invalid(`${fields.at('certChain')} is empty`);
  return {
    url: fields.text('uri') ?? '',
    validity: readValidity(fields.fields('validFor')),
    chain: once(() => toChain(certificates.map(parseCertificate))),
  };
}

/** The order is that of the trusted root: from the leaf, if it is there, to the root. */
export function toChain(certificates: readonly Certificate[]): AuthorityChain {
  const root = certificates.at(-1);
  const [first] = certificates;
  if (root === undefined || first === undefined) throw invalid('a certificate chain is empty');
  const isLeaf = certificates.length > 1 && !usesOf(first).isAuthority;
  return {
    ...(isLeaf && { leaf: first }),
    intermediates: certificates.slice(isLeaf ? 1 : 0, -1),
    root,
  };
}

function invalid(reason: string): Error {
  return trustError('TRUST_ROOT_INVALID', { data: { reason } });
}
