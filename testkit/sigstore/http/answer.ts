import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request, its body read. */
export interface ServiceRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Answers a request, or leaves it to other services. */
export type Service = (request: ServiceRequest) => ServiceAnswer | undefined | Promise<ServiceAnswer | undefined>;

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): ServiceAnswer {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json', ...headers } };
}

/** A refusal as these services word it. */
export function refuse(status: number, message: string): ServiceAnswer {
  return json(status, { code: status, message });
}

/** A listener that asks one service after another; what none answers is kept in `unanswered` and gets 404. */
export function listen(services: readonly Service[], unanswered: string[]) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const { method = 'GET', headers } = request;
    const given: ServiceRequest = { method, url, headers, body: Buffer.concat(parts) };
    let answer: ServiceAnswer | undefined;
    for (const service of services) {
      answer ??= await service(given);
    }
    if (answer === undefined) unanswered.push(`${method} ${url.pathname}`);
    const { status, headers: answered = {}, body = '' } = answer ?? refuse(404, 'not found');
    response.writeHead(status, answered).end(body);
  };
}
