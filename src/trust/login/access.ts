import type { Fetch, Logger } from '../../core/index.ts';

/** An issuer of tokens that somebody logs in at, and as which client. */
export interface LoginAccess {
  /** Its address, as tokens state it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUrl?: string;
  readonly fetch: Fetch;
  readonly log: Logger;
  /** Tells a person what to do. */
  readonly say: (text: string) => Promise<void>;
  /** Shows an address to a person; false when there is no way to. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** Milliseconds until nobody is waited for any more; five minutes unless given. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/** What a token is to tell. */
export const scope = 'openid email';
