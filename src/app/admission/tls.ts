import { type AdmissionTls, admissionError } from '../../admission/index.ts';
import { readWhole } from '../../disk/index.ts';
import type { AppContext } from '../context.ts';
import type { CertificateKeeper } from './cluster/certificates.ts';
import type { ClusterSource } from './cluster/source.ts';
import type { ServeAdmissionInput } from './input.ts';

const maxPemSize = 2 ** 20;

/** Who keeps certificates of our own; undefined when they are in files. @throws KUBE_*, NET_* */
export async function openKeeper(
  { tls }: ServeAdmissionInput,
  { context, source, interval }: { context: AppContext; source: ClusterSource | undefined; interval: number },
): Promise<CertificateKeeper | undefined> {
  if (!('own' in tls) || source === undefined) return undefined;
  const { clock, log } = context;
  const { CertificateKeeper: Keeper } = await import('./cluster/certificates.ts');
  return Keeper.open(tls.own, { client: source.client, clock, log, interval });
}

/** The certificates of this moment. @throws DISK_*, ADMISSION_CLUSTER_MISSING */
export async function readTls(
  { tls }: ServeAdmissionInput,
  keeper: CertificateKeeper | undefined,
): Promise<AdmissionTls> {
  const read = async (path: string): Promise<string> => (await readWhole(path, maxPemSize)).toString('utf8');
  const { clientCaFile } = tls;
  const pair = 'own' in tls ? keeper?.current() : { cert: await read(tls.certFile), key: await read(tls.keyFile) };
  if (pair === undefined) throw admissionError('ADMISSION_CLUSTER_MISSING');
  return { ...pair, ...(clientCaFile !== undefined && { clientAuthority: await read(clientCaFile) }) };
}

/** The same after a look at what is due; the first look was taken when the keeper was opened. @throws as `readTls` */
export async function rereadTls(
  input: ServeAdmissionInput,
  keeper: CertificateKeeper | undefined,
): Promise<AdmissionTls> {
  await keeper?.look();
  return readTls(input, keeper);
}
