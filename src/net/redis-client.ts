import { Redis } from 'ioredis';

/** The client of Redis, in a file of its own so that it is loaded when a store is used, and not before. */
export const client: { readonly Redis: typeof Redis } = { Redis };
