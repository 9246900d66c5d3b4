import type {
  AdvisoryData,
  Coverage,
  CoverageNote,
  Digest,
  LayerRef,
  OperatingSystem,
  Result,
  Severity,
  Verdict,
} from '../core/index.ts';
import type { BomSubject } from '../sbom/index.ts';

/** Everything a renderer may say about one assessed target. */
export interface Report {
  /** UUID, version 7. */
  readonly reportId: string;
  readonly createdAt: Date;
  readonly artifact: Artifact;
  readonly os?: OperatingSystem;
  readonly image?: ImageFacts;
  /** What the SBOM is about that was scanned. */
  readonly subject?: BomSubject;
  readonly results: readonly Result[];
  /** Scanners that ran, by the names `--scanners` takes. */
  readonly scanners: readonly string[];
  /** Severities that findings were asked for. */
  readonly severities: readonly Severity[];
  readonly verdict: Verdict;
  readonly coverage: Coverage;
  /** Identity of the advisory data used. */
  readonly data: readonly AdvisoryData[];
}

export interface Artifact {
  /** As the user named it. */
  readonly name: string;
  readonly type: ArtifactType;
  /** Identifier of the content; an image's depends on its repository too. */
  readonly id?: string;
}

/** Repositories and disk images are known from reports of other programs. */
export type ArtifactType = 'container_image' | 'filesystem' | 'repository' | 'vm' | 'cyclonedx' | 'spdx';

export interface ImageFacts {
  readonly id: Digest;
  readonly manifestDigest?: Digest;
  /** Unpacked bytes of all layers. */
  readonly size: number;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  readonly reference?: string;
  /** The image configuration as written. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly layers: readonly (LayerRef & { readonly size: number })[];
}

export interface RenderOptions {
  /** Which program's report it is to look like: ours has more in it. */
  readonly dialect: 'plimsoll' | 'trivy';
  readonly programVersion: string;
  /** Packages that were found, not only findings. */
  readonly listPackages: boolean;
  /** Findings that do not count, too: in JSON as Trivy has them, and in tables. */
  readonly showSuppressed?: boolean;
  /** Columns of the terminal; undefined when the output is none. */
  readonly columns?: number;
  readonly colour: boolean;
  /** Version of the standard that an SBOM follows, for example `1.6`; undefined for the usual one. */
  readonly specVersion?: string;
  /** Who answers for an SBOM. */
  readonly sbomAuthor?: string;
  /** What tells SARIF analyses apart; undefined for the image's name. */
  readonly sarifCategory?: string;
  /** For the format of that name. */
  readonly template?: ReportTemplate;
  /** For the format of that name; all tables without it. */
  readonly table?: TableOptions;
  /** Variables that the format asks for by its descriptor. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Told what the format has no room for, before the text that lacks it is complete. */
  readonly warn?: (note: CoverageNote) => void;
}

export interface TableOptions {
  /** Counts for each target, and findings one by one. */
  readonly modes: readonly TableMode[];
  /** By which dependencies packages with findings came in. */
  readonly dependencyTree: boolean;
  /** All packages too. */
  readonly packages: boolean;
}

export type TableMode = 'summary' | 'detailed';

/** A template as somebody who is trusted gave it. */
export interface ReportTemplate {
  /** In messages, for example its file. */
  readonly name: string;
  readonly text: string;
  /** Variables that it may ask for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Turns a report into text; pure, and the same bytes for the same report. */
export type Render = (report: Report, options: RenderOptions) => string;

/** As `Render`, piece by piece, so that a large report need not be in memory as a whole. */
export type RenderPieces = (report: Report, options: RenderOptions) => Iterable<string>;

/** What a saved report holds, and what is known to be missing. */
export interface SavedReport {
  /** Its verdict is that of its own time; what is not in the text is empty. */
  readonly report: Report;
  /** True where verdict, coverage, scanners and severities stand in the text; another program's report has none of them. */
  readonly isOwn: boolean;
  /** False where only packages with findings are in it. */
  readonly listsPackages: boolean;
  /** Findings that stand in the text and cannot be read, by the scanner that made them. */
  readonly unread: Readonly<Record<string, number>>;
  /** Entries that are not what the schema says. */
  readonly damaged: number;
}

/** Undefined for what is no report of the format; a report without a creation time is of `now`. @throws REPORTS_SAVED_* */
export type ReadReport = (bytes: Uint8Array, now: Date) => SavedReport | undefined;

export interface ReportFormat {
  readonly id: string;
  readonly title: string;
  /** File endings that suggest this format. */
  readonly extensions: readonly string[];
  /** True where packages alone are expected, unless scanners were asked for by name. */
  readonly inventoryOnly?: true;
  /** Variables of the environment that the text depends on. */
  readonly variables?: readonly string[];
  /**
   * Present when the text depends on the moment only by stating the report's id and creation time as they are in the
   * report, and by what this answers; such a text may be kept and used again.
   */
  readonly momentOf?: (data: readonly AdvisoryData[], now: Date) => string;
  readonly load: () => Promise<Render | RenderPieces>;
  /** Present where a report can be read back from its text. */
  readonly loadReader?: () => Promise<ReadReport>;
}
