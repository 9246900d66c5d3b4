/** Named bytes; names have parts separated by `/`, checked by the caller. */
export interface Storage {
  /** Size in bytes; undefined when there is none of that name. */
  size(name: string): Promise<number | undefined>;
  /** The whole, for what is small. */
  read(name: string): Promise<Buffer | undefined>;
  /** A chunk is valid until the next one is asked for. */
  stream(name: string, start: number, length: number): AsyncIterable<Uint8Array>;
  /** Replaces all at once. */
  write(name: string, content: Uint8Array): Promise<void>;
  /** Adds to the end; what was added may be lost in a crash until it is linked. @throws OCI_REGISTRY_FULL */
  append(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Gives bytes one more name, replacing what had it, for good; false when there are none. */
  link(from: string, to: string): Promise<boolean>;
  /** Whether the bytes have other names too. */
  isShared(name: string): Promise<boolean>;
  /** Removes a name, or all below it; bytes go with their last name. */
  remove(name: string): Promise<void>;
  /** Last parts of the names directly below, sorted. */
  list(prefix: string): Promise<readonly string[]>;
}
