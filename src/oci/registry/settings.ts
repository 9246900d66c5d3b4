/** What a registry allows, and its bounds. */
export interface RegistrySettings {
  /** Nothing is taken in or deleted. */
  readonly readOnly: boolean;
  /** Tags, manifests and blobs can be deleted. */
  readonly allowDelete: boolean;
  /** Manifests are taken though not all that they name is there. */
  readonly allowSparse: boolean;
  /** Bytes of the largest blob. */
  readonly maxBlobSize: number;
  /** Uploads that may be open at once. */
  readonly maxUploads: number;
  /** Milliseconds after which an upload that nobody goes on with is forgotten. */
  readonly uploadIdleTime: number;
  /** Bytes of the largest page of referrers. */
  readonly maxReferrersPage: number;
}

/** What a registry allows unless told otherwise. */
export const defaultSettings: RegistrySettings = {
  readOnly: false,
  allowDelete: true,
  allowSparse: false,
  maxBlobSize: 64 * 2 ** 30,
  maxUploads: 1000,
  uploadIdleTime: 3_600_000,
  maxReferrersPage: 4 * 2 ** 20,
};
