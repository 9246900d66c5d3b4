import type { RunningSigstore } from './steps/sigstore.ts';

/** What the steps hand on to each other. */
export interface Stage {
  /** Directory of the example's results. */
  readonly out: string;
  /** `127.0.0.1:port` of the registry; known once it runs. */
  readonly registry: string;
  /** Sigstore's services, in this process. */
  readonly sigstore: RunningSigstore;
  /** The image by the name it has in the registry. */
  readonly image: string;
  /** Another, which nobody signs. */
  readonly unsigned: string;
  /** Runs our own command line with these words, shows them, and answers with the exit code; its output may go into a file. */
  plimsoll(args: readonly string[], into?: string): Promise<number>;
  /** Starts our own server with these words, shows them, and answers with its `address:port`; it ends with the example. */
  serve(args: readonly string[]): Promise<string>;
  /** Says something under the title of the step. */
  say(text: string): void;
}

/** One step of the example. A failure is thrown. */
export interface Step {
  /** In the imperative, for the heading. */
  readonly title: string;
  readonly run: (stage: Stage) => Promise<void>;
}
