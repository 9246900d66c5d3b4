import { cliError } from './errors.ts';

/** Where to listen; an empty address is every network, of IPv4 where there is no IPv6. */
export interface ListenAddress {
  readonly address: string;
  readonly port: number;
}

const loopback = '127.0.0.1';

/**
 * Reads `host:port` or `[v6]:port`. `:port` means every network to crane; said of a server that is usually for this
 * machine alone it would let others in by accident, so that only crane's name takes it. @throws CLI_ADDRESS_INVALID
 */
export function parseAddress(text: string, { bareMeansAll }: { readonly bareMeansAll: boolean }): ListenAddress {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]*)):(\d{1,5})$/.exec(text);
  const fail = (reason: string): never => {
    throw cliError('CLI_ADDRESS_INVALID', { data: { address: text, reason } });
  };
  if (found === null) return fail('it is not HOST:PORT');
  const [, v6, name = '', digits] = found;
  const port = Number(digits);
  if (port > 65_535) return fail('the port is larger than 65535');
  if (v6 === undefined && name === '' && !bareMeansAll) return fail('it does not say which networks are let in');
  return { address: v6 ?? name, port };
}

/** Where crane listens unless told: on $PORT or any free port, here of this machine alone. @throws CLI_ADDRESS_INVALID */
export function craneAddress(port: string | undefined): ListenAddress {
  return parseAddress(`${loopback}:${port || '0'}`, { bareMeansAll: true });
}
