import { X509Certificate } from 'node:crypto';
import { childrenOf, type DerNode, derTags, encodeDer, parseDer, toOid } from '../../../src/codecs/asn1/index.ts';
import type { CertificateTimestamp, LoggedCertificate, TestCertificateLog } from '../certificate-log.ts';
import { json, refuse, type Service, type ServiceAnswer } from './answer.ts';

/** The extension that keeps a precertificate from being one (RFC 6962 section 3.1). */
const poison = '1.3.6.1.4.1.11129.2.4.3';
const extensionsTag = 0xa3;

/** The API of a certificate log, as authorities use it (RFC 6962 section 4). */
export function certificateLogService(log: TestCertificateLog): Service {
  const add = (body: Buffer, toEntry: (chain: readonly Buffer[]) => LoggedCertificate | undefined): ServiceAnswer => {
    const { chain = [] } = JSON.parse(body.toString()) as { chain?: readonly string[] };
    const entry = toEntry(chain.map((der) => Buffer.from(der, 'base64')));
    return entry === undefined ? refuse(400, 'bad chain') : json(200, toMessage(log, log.enter(entry, new Date())));
  };
  return ({ method, url, body }) => {
    switch (`${method} ${url.pathname}`) {
      case 'POST /ct/v1/add-chain':
        return add(body, ([der]) => (der === undefined ? undefined : { kind: 'certificate', der }));
      case 'POST /ct/v1/add-pre-chain':
        return add(body, toPrecertificate);
      case 'GET /ct/v1/get-sth':
        return headOf(log);
      default:
        return undefined;
    }
  };
}

function toMessage({ id }: TestCertificateLog, { time, signature }: CertificateTimestamp): object {
  const [timestamp, text] = [time.getTime(), signature.toString('base64')];
  return { sct_version: 0, id: id.toString('base64'), timestamp, extensions: '', signature: text };
}

function headOf(log: TestCertificateLog): ServiceAnswer {
  const { size, rootHash, time, signature } = log.head(new Date());
  return json(200, {
    tree_size: size,
    timestamp: time.getTime(),
    sha256_root_hash: rootHash.toString('base64'),
    tree_head_signature: signature.toString('base64'),
  });
}

/** What the certificate will say once it is one, and who issues it. */
function toPrecertificate([der, issuer]: readonly Buffer[]): LoggedCertificate | undefined {
  if (der === undefined || issuer === undefined) return undefined;
  const [tbs] = childrenOf(parseDer(der));
  if (tbs === undefined) return undefined;
  const parts = childrenOf(tbs).map((part) => (part.tag === extensionsTag ? withoutPoison(part) : part.bytes));
  const issuerSpki = new X509Certificate(issuer).publicKey.export({ type: 'spki', format: 'der' });
  return { kind: 'precertificate', tbs: encodeDer(derTags.sequence, ...parts), issuerSpki };
}

function withoutPoison(extensions: DerNode): Buffer {
  const kept = childrenOf(parseDer(extensions.value)).filter((one) => nameOf(one) !== poison);
  return encodeDer(extensionsTag, encodeDer(derTags.sequence, ...kept.map(({ bytes }) => bytes)));
}

function nameOf(extension: DerNode): string {
  const [name] = childrenOf(extension);
  return name === undefined ? '' : toOid(name);
}
