import type { Severity } from '../../../core/index.ts';

/** A signer: one of `key`, `secret` and `keyless`. */
export interface SignerFields {
  readonly key?: string | undefined;
  readonly secret?: { readonly namespace: string; readonly name: string } | undefined;
  readonly keyless?: KeylessFields | undefined;
  readonly authorities?: string | undefined;
  readonly log?: LogFields | undefined;
  readonly certificateLog?: LogFields | undefined;
  readonly timestamp?: { readonly chain?: string | undefined } | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly repository?: string | undefined;
}

export interface KeylessFields {
  readonly issuer?: string | undefined;
  readonly issuerRegExp?: string | undefined;
  readonly subject?: string | undefined;
  readonly subjectRegExp?: string | undefined;
  readonly claims?: Readonly<Record<string, string>> | undefined;
}

/** Whether a log must have it, or a log with this key. */
export type LogFields = boolean | { readonly key: string };

/** So many of these signers; all unless given. */
export interface CountedFields {
  readonly by?: readonly string[] | undefined;
  readonly atLeast?: number | undefined;
}

export interface VerdictFields {
  readonly maxDays: number;
  readonly severities?: readonly Severity[] | undefined;
  readonly ignoreUnfixed?: boolean | undefined;
}

export interface RequireFields {
  readonly signatures?: CountedFields | readonly CountedFields[] | undefined;
  readonly attestations?: readonly (CountedFields & { readonly type: string })[] | undefined;
  readonly sbom?: 'attested' | undefined;
  readonly verdict?: VerdictFields | undefined;
  readonly baseImage?: { readonly maxDays: number } | undefined;
}

export interface ImagePolicySpec {
  readonly images: readonly string[];
  readonly except?: readonly string[] | undefined;
  readonly namespaces?: readonly string[] | undefined;
  readonly exceptNamespaces?: readonly string[] | undefined;
  readonly mode?: 'enforce' | 'audit' | 'warn' | undefined;
  readonly pin?: boolean | undefined;
  readonly unmatched?: 'allow' | 'deny' | undefined;
  readonly onMissing?: 'deny' | 'warn' | undefined;
  readonly signers?: Readonly<Record<string, SignerFields>> | undefined;
  readonly require: RequireFields;
}

/** A policy in Plimsoll's own words. */
export interface ImagePolicy {
  readonly apiVersion: 'plimsoll.dev/v1alpha1';
  readonly kind: 'ImagePolicy';
  readonly metadata: { readonly name: string };
  readonly spec: ImagePolicySpec;
}
