/** Named by the typings of tuf-js, which do not bring it. */
declare module 'retry' {
  export interface TimeoutsOptions {
    readonly retries?: number;
  }
}
