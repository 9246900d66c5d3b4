import type { AdmissionSetting } from '../../admission/index.ts';
import type { Policy } from '../../policy/index.ts';

/** A name or address of this machine, and a port; 0 takes any that is free. */
export interface ListenAt {
  readonly address: string;
  readonly port: number;
}

/** How admission reviews are answered. */
export interface ServeAdmissionInput extends ListenAt {
  /** Files of policies, and directories with them. */
  readonly policies: readonly string[];
  /** Behaviours of peers to keep, by name; each lets in what is denied otherwise. */
  readonly compat?: readonly string[];
  /** Files in PEM, or certificates of our own; with `clientCaFile` reviews are taken of clients of this authority alone. */
  readonly tls: (CertificateFiles | { readonly own: OwnCertificates }) & { readonly clientCaFile?: string };
  /** Names of which the certificate of a client must have one: its common name, or a DNS name. */
  readonly clientNames?: readonly string[];
  readonly setting?: Pick<AdmissionSetting, 'mode' | 'pinning' | 'excludedNamespaces'>;
  readonly breakGlass?: {
    readonly users: readonly string[];
    readonly groups: readonly string[];
    /** Milliseconds for which controllers may make what was let in. */
    readonly milliseconds: number;
  };
  /** A secret that all replicas have, of 32 bytes or more: it seals what they tell each other. */
  readonly replicaKeyFile?: string;
  /** Address of a Valkey or Redis in which replicas tell each other what they have found out; needs `replicaKeyFile`. */
  readonly cache?: string;
  /** Where decisions go, one line of JSON each: a file, or whoever takes lines. The log has them otherwise. */
  readonly audit?: string | ((line: string) => void);
  /** Where Prometheus reads metrics, in plain http; nowhere unless given. */
  readonly metrics?: ListenAt;
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
  /** `http://address:port/metrics`. */
  readonly metricsUrl?: string;
  /** Those that it began with. */
  readonly policies: readonly Policy[];
  /** Takes nothing new, and waits up to so many milliseconds for reviews that are under way before it ends. */
  stop(milliseconds: number): Promise<void>;
}
