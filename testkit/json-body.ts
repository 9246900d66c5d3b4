import type { IncomingMessage } from 'node:http';

export type JsonFields = Readonly<Record<string, unknown>>;

/** The JSON that was sent; no fields where nothing was. */
export async function readJsonBody(request: IncomingMessage): Promise<JsonFields> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8') || '{}');
}
