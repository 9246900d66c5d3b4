import type { ClientCertificate } from '../net/index.ts';

/** What goes with a request. */
export interface Presented {
  /** The value of the header `authorization`. */
  readonly authorization?: string;
  readonly client?: ClientCertificate;
}

/** A credential, and until when it holds when it says so. */
export interface Lent {
  readonly presented: Presented;
  readonly until?: Date;
}
