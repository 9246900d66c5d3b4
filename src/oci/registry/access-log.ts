import type { ErrorData } from '../../core/index.ts';
import type { Exchange } from '../../net/index.ts';
import { loginOf } from './login.ts';

/** What the log says of an exchange; never a password. */
export function describeExchange(exchange: Exchange): ErrorData {
  const { request, target, client, status, bytesReceived, bytesSent, milliseconds, isComplete } = exchange;
  // A name that was not let in may be anything, even a password in the wrong field.
  const user = status === 401 ? undefined : loginOf(request)?.name;
  return {
    method: request.method,
    target,
    status,
    received: bytesReceived,
    sent: bytesSent,
    milliseconds,
    client,
    ...(user !== undefined && { user }),
    ...(!isComplete && { broken: true }),
  };
}
