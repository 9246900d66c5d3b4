import type { ServiceReply } from '../clients/service.ts';
import { trustError } from '../errors.ts';
import { askProvider } from './ask.ts';
import type { Surroundings } from './provider.ts';

const service = "Google's metadata server";

/** What the metadata server says of the machine's own account; anybody else who answers there is refused. */
export async function askMetadata(surroundings: Surroundings, question: string): Promise<ServiceReply> {
  const host = surroundings.environment['GCE_METADATA_HOST'] || 'metadata.google.internal';
  const address = `http://${host}/computeMetadata/v1/instance/service-accounts/default/${question}`;
  const reply = await askProvider(surroundings, address, { service, headers: { 'metadata-flavor': 'Google' } });
  if (reply.headers['metadata-flavor'] === 'Google') return reply;
  throw trustError('TRUST_SERVICE_INVALID', { data: { service, reason: 'it does not say that it is one' } });
}
