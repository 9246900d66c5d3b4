import { ask, readReply, type ServiceQuestion, type ServiceReply } from '../clients/service.ts';
import type { Surroundings } from './provider.ts';

/** Asks whoever gives tokens. @throws TRUST_SERVICE_REFUSED, TRUST_SERVICE_BUSY, NET_* */
export async function askProvider(
  { fetch, signal }: Surroundings,
  address: string,
  question: Omit<ServiceQuestion, 'path'>,
): Promise<ServiceReply> {
  const access = { fetch: await fetch(), url: address, ...(signal !== undefined && { signal }) };
  return ask(access, { ...question, path: '' });
}

/** The token that stands under a name in the answer. @throws TRUST_SERVICE_INVALID */
export function readToken(service: string, reply: ServiceReply, name: string): string {
  return readReply(service, reply, (fields) => fields.require(name, fields.text(name)));
}
