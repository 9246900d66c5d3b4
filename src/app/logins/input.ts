export interface LoginPlaceInput {
  /** Its host, for example `registry.example.com:5000`. */
  readonly registry: string;
  /** Tells where docker and podman keep logins, and is given to their helpers. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface LoginInput extends LoginPlaceInput {
  readonly username: string;
  readonly password: string;
}

export interface StoredLogin {
  /** docker's configuration. */
  readonly path: string;
  /** The helper that keeps the login, without `docker-credential-`; without one it lies in the file, readable. */
  readonly helper?: string;
}

/** As helpers have it: the name is `<token>` for an identity token. */
export interface FoundLogin {
  readonly username?: string;
  readonly secret?: string;
}

export interface TokenInput {
  readonly repository: string;
  /** For writing too. */
  readonly push?: boolean;
  /** Other repositories of the registry, to read. */
  readonly mounts?: readonly string[];
}

export interface TokenResult {
  readonly token: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds, as the service says; 0 when it does not. */
  readonly expiresIn: number;
}
