export interface SignBundleInput {
  /** A file: the artifact, or a statement of in-toto about one. */
  readonly path: string;
  readonly kind: 'artifact' | 'statement';
  /** Where the bundle is written. */
  readonly bundle: string;
  /** A token of OpenID Connect that names the signer. */
  readonly token: string;
  /** A signing_config.v0.2.json; the services of Sigstore's public instance without one. */
  readonly signingConfig?: string;
  /** Whom the services are trusted by: what was signed is verified before it is written. */
  readonly trustedRoot?: string;
}
