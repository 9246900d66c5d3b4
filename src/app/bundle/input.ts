/** What a bundle is made from: files. */
export interface CreateBundleInput {
  readonly artifact: string;
  /** A bundle as cosign wrote it before version 3. */
  readonly bundle?: string;
  /** In base64, as cosign writes it. */
  readonly signature?: string;
  /** An envelope in JSON. */
  readonly attestation?: string;
  /** PEM, perhaps in base64 once more. */
  readonly certificate?: string;
  readonly key?: string;
  /** Cosign's JSON with the answer of a timestamp authority. */
  readonly timestamp?: string;
  readonly ignoreLog: boolean;
  /** Rekor 1, which is asked for the proof of a log entry that brings none. */
  readonly rekorUrl: string;
}

export interface UpgradeBundleInput {
  readonly path: string;
  readonly rekorUrl: string;
}
