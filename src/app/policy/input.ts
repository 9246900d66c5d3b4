import type { JsonObject, TestCase } from '../../policy/index.ts';

export interface ApplyPoliciesInput {
  /** Files of policies, and directories with them. */
  readonly policies: readonly string[];
  /** Files with objects to judge, and directories with them; their namespaces and ConfigMaps are what policies look up. */
  readonly resources?: readonly string[];
  /** Objects to judge beside those of files. */
  readonly objects?: readonly JsonObject[];
  /** Behaviours of peers to keep, for example `kyverno` or `kyverno.tag-dropped`. */
  readonly compat?: readonly string[];
  /** A trusted_root.json; Sigstore's public instance without one. */
  readonly trustedRoot?: string;
  /** Directories that hold an image and its evidence, by the image's name: no registry is asked for these. */
  readonly layouts?: Readonly<Record<string, string>>;
}

export interface TestPoliciesInput extends Pick<ApplyPoliciesInput, 'trustedRoot' | 'layouts'> {
  /** Searched for `kyverno-test.yaml`. */
  readonly directories: readonly string[];
}

/** What became of one test file. */
export interface PolicyTestReport {
  readonly path: string;
  readonly name: string;
  readonly cases: readonly TestCase[];
}
