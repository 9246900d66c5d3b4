/** How an API server is reached. */
export interface KubeAccess {
  readonly server: URL;
  /** PEM of the only authorities that vouch for the server; those of the system without it. */
  readonly authority?: string;
  /** The name in the server's certificate when it is not that of the address. */
  readonly serverName?: string;
  /** Takes any certificate. */
  readonly isInsecure: boolean;
  readonly credential: KubeCredential;
  /** Where objects are looked for that say no namespace. */
  readonly namespace: string;
}

/** Who asks. */
export type KubeCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  /** Read again when it has changed: tokens of pods live an hour. */
  | { readonly kind: 'token-file'; readonly path: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** PEM. */
  | { readonly kind: 'certificate'; readonly certificate: string; readonly key: string }
  | ExecCredential;

/** A program that prints a credential (client.authentication.k8s.io). */
export interface ExecCredential {
  readonly kind: 'exec';
  readonly apiVersion: string;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Tells the program about the cluster too. */
  readonly tellsCluster: boolean;
}
