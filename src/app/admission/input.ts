import type { Policy } from '../../policy/index.ts';

/** How admission reviews are answered. */
export interface ServeAdmissionInput {
  /** A name or address of this machine, and a port; 0 takes any that is free. */
  readonly address: string;
  readonly port: number;
  /** Files of policies, and directories with them. */
  readonly policies: readonly string[];
  /** Files in PEM; with `clientCaFile` reviews are taken of clients of this authority alone. */
  readonly tls: { readonly certFile: string; readonly keyFile: string; readonly clientCaFile?: string };
  /** A trusted_root.json; Sigstore's public instance without one. */
  readonly trustedRoot?: string;
  /** Directories that hold an image and its evidence, by the image's name. */
  readonly layouts?: Readonly<Record<string, string>>;
  /** Asks a cluster for what policies look up and for the roles of users, and for policies when it is told to. */
  readonly cluster?: { readonly kubeconfig?: string; readonly policies: boolean };
  /** Milliseconds between looks at whether files have changed. */
  readonly reloadEvery?: number;
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
