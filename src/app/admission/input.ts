import type { Policy } from '../../policy/index.ts';

/** How admission reviews are answered. */
export interface ServeAdmissionInput {
  /** A name or address of this machine, and a port; 0 takes any that is free. */
  readonly address: string;
  readonly port: number;
  /** Files of policies, and directories with them. */
  readonly policies: readonly string[];
  /** Files in PEM, or certificates of our own; with `clientCaFile` reviews are taken of clients of this authority alone. */
  readonly tls: (CertificateFiles | { readonly own: OwnCertificates }) & { readonly clientCaFile?: string };
  /** A trusted_root.json; Sigstore's public instance without one. */
  readonly trustedRoot?: string;
  /** Directories that hold an image and its evidence, by the image's name. */
  readonly layouts?: Readonly<Record<string, string>>;
  /** Asks a cluster for what policies look up and for the roles of users, and for policies when it is told to. */
  readonly cluster?: ClusterInput;
  /** Milliseconds between looks at whether files have changed. */
  readonly reloadEvery?: number;
}

export interface ClusterInput {
  readonly kubeconfig?: string;
  /** Takes policies of the cluster. */
  readonly policies: boolean;
  /** Writes what policies say of objects as reports of the cluster, and denials as events. */
  readonly reports?: boolean;
  readonly events?: boolean;
  /** Milliseconds after which everything that runs is judged again. */
  readonly recheckEvery?: number;
}

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Certificates that are made here and kept in the cluster. */
export interface OwnCertificates {
  /** DNS names and addresses that the server is asked by; those of the Service `plimsoll` when empty. */
  readonly names: readonly string[];
  /** The Secret that they are kept in, and the Lease that elects who looks after them, in the namespace of the access. */
  readonly secret: string;
  /** The webhook configurations that are told whom to trust. */
  readonly webhooks: string;
}

/** An admission server while it runs. */
export interface ServedAdmission {
  /** `https://address:port`. */
  readonly url: string;
  readonly port: number;
  /** Those that it began with. */
  readonly policies: readonly Policy[];
  /** Takes nothing new, and waits up to so many milliseconds for reviews that are under way before it ends. */
  stop(milliseconds: number): Promise<void>;
}
