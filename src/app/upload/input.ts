/** Files that are to lie in a registry. */
export interface UploadBlobInput {
  readonly reference: string;
  /** Several need a platform each. */
  readonly files: readonly UploadedFile[];
  /** Of every file; guessed from the content unless given. */
  readonly mediaType?: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface UploadedFile {
  readonly path: string;
  readonly platform?: { readonly os: string; readonly architecture: string };
}

/** Where they are. */
export interface UploadedBlobs {
  /** The image or index by its digest. */
  readonly name: string;
  readonly tagged: string;
  readonly files: readonly { readonly path: string; readonly mediaType: string; readonly address: string }[];
}
