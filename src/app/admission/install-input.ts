import type { JsonObject } from '../../helm/index.ts';

/** What is installed into a cluster. */
export interface InstallAdmissionInput {
  /** Of the installation, and so of its objects. */
  readonly name: string;
  readonly namespace: string;
  /** True to make the namespace too. */
  readonly makesNamespace: boolean;
  /** Files of policies, and directories with them; those of a ConfigMap that the values name hold without any. */
  readonly policies: readonly string[];
  /** A trusted_root.json. */
  readonly trustedRoot?: string;
  /** `repository[:tag][@digest]` of the image of the program. */
  readonly image?: string;
  /** Files of values for the chart. */
  readonly valueFiles: readonly string[];
  /** Values, over those of the files. */
  readonly values: readonly JsonObject[];
}
