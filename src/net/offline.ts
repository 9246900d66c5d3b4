import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { builtin } from './builtin.ts';
import { netError } from './errors.ts';

let restore: (() => void) | undefined;

/** True between `goOffline` and what it returned. */
export function isOffline(): boolean {
  return restore !== undefined;
}

/**
 * From here on nothing in this process can open a socket or look up a name, whichever library tries: TCP, Unix
 * sockets, UDP, listening and DNS all throw. Returns what undoes it. @throws NET_OFFLINE from every attempt
 */
export function goOffline(): () => void {
  restore ??= replaceAll();
  return () => {
    restore?.();
    restore = undefined;
  };
}

type Methods = Record<string, unknown>;

function replaceAll(): () => void {
  const undo = [
    refuse(net.Socket.prototype, 'connect', describeConnect),
    refuse(net.Server.prototype, 'listen', () => 'a listening socket'),
    ...['bind', 'connect', 'send'].map((name) => refuse(builtin.dgram.Socket.prototype, name, () => 'a UDP socket')),
    ...resolvers().flatMap((holder) =>
      Object.keys(Object.getOwnPropertyDescriptors(holder))
        .filter((name) => /^(lookup|lookupService|resolve|reverse)/.test(name))
        .map((name) => refuse(holder, name, (args) => String(args[0]))),
    ),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const step of undo) step();
    syncBuiltinESMExports();
  };
}

function resolvers(): object[] {
  const { dns } = builtin;
  return [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype, baseOf(dns.Resolver.prototype)];
}

function baseOf(prototype: object): object {
  const base: unknown = Object.getPrototypeOf(prototype);
  return base === null || base === Object.prototype ? {} : (base as object);
}

function refuse(holder: object, name: string, describe: (args: readonly unknown[]) => string): () => void {
  const original = Object.getOwnPropertyDescriptor(holder, name);
  if (typeof original?.value !== 'function') return () => undefined;
  (holder as Methods)[name] = (...args: unknown[]): never => {
    throw netError('NET_OFFLINE', { data: { target: describe(args) } });
  };
  return () => {
    Object.defineProperty(holder, name, original);
  };
}

/** The many forms of `connect`: options, port and host, path, or the array that `net.connect` has made of them. */
function describeConnect(args: readonly unknown[]): string {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first !== 'object' || first === null) return [args[1], first].filter(isWord).join(':') || 'a socket';
  const { host, port, path } = first as { host?: unknown; port?: unknown; path?: unknown };
  return [host, port].filter(isWord).join(':') || String(path ?? 'a socket');
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
