/**
 * What the script of the page is given, as JSON. Text is safe to show; numbers that name something are indexes into the
 * lists of the page. Both the renderer and the browser know this file, so it knows neither.
 */
export interface PageData {
  readonly targets: readonly PageTarget[];
  readonly layers: readonly PageLayer[];
  readonly packages: readonly PagePackage[];
  readonly vulnerabilities: readonly PageVulnerability[];
  /** Most severe first. */
  readonly findings: readonly PageFinding[];
}

export interface PageTarget {
  readonly name: string;
  /** What a person calls it. */
  readonly label: string;
  readonly class: 'os-pkgs' | 'lang-pkgs';
  readonly type: string;
}

export interface PageLayer {
  readonly name: string;
  readonly command?: string;
  readonly isBase?: boolean;
}

export interface PagePackage {
  readonly name: string;
  readonly version: string;
  readonly target: number;
  /** The name that upgrades are listed under, where it is another. */
  readonly source?: string;
  readonly layer?: number;
  readonly place?: string;
  readonly purl?: string;
  readonly licenses?: readonly string[];
  /** Chains of packages that lead to it, each from the outermost; at most a few. */
  readonly paths?: readonly (readonly string[])[];
}

export interface PageVulnerability {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly published?: string;
  readonly cwes?: readonly string[];
  /** Addresses of http and https only. */
  readonly references?: readonly string[];
}

export interface PageFinding {
  readonly vulnerability: number;
  readonly package: number;
  /** 0 for unknown up to 4 for critical. */
  readonly severity: number;
  readonly fixed?: string;
  readonly status: string;
  readonly url?: string;
  readonly severitySource?: string;
  readonly scores?: readonly string[];
  readonly source?: string;
  /** Why it holds, in words. */
  readonly proof?: string;
  /** By whose word it does not count. */
  readonly ignored?: string;
}
