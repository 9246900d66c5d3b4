import { z } from 'zod';
import { severities } from '../../../core/index.ts';
import type { ImagePolicy } from './image-policy.ts';

const days = z.number().positive().max(36_500);
const about = (description: string): { readonly description: string } => ({ description });

const log = z
  .union([z.boolean(), z.strictObject({ key: z.string() })])
  .meta(about('Whether a log must have it; with the key of a log that the trusted root does not have.'));

const claims = z
  .record(z.string(), z.string())
  .meta(
    about('What the certificate must state, by the name or number of an extension of Fulcio; * and ? are wildcards.'),
  );

const signer = z
  .strictObject({
    key: z.string().optional().meta(about('A public key or certificate in PEM.')),
    secret: z.strictObject({ namespace: z.string(), name: z.string() }).optional(),
    keyless: z
      .strictObject({
        issuer: z.string().optional().meta(about('* and ? are wildcards.')),
        issuerRegExp: z.string().optional(),
        subject: z.string().optional().meta(about('* and ? are wildcards.')),
        subjectRegExp: z.string().optional(),
        claims: claims.optional(),
      })
      .optional(),
    authorities: z.string().optional().meta(about('Certificates in PEM to trust in place of the trusted root.')),
    log: log.optional(),
    certificateLog: log.optional(),
    timestamp: z.strictObject({ chain: z.string().optional() }).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    repository: z.string().optional().meta(about('Where the evidence is when it is not beside the image.')),
  })
  .meta(about('Someone whose signature counts: one of key, secret and keyless.'));

const counted = {
  by: z.array(z.string()).min(1).optional().meta(about('Names of signers; all unless given.')),
  atLeast: z.int().min(1).optional().meta(about('How many of them; all unless given.')),
};
const signatures = z.strictObject(counted);

/** What a file of the dialect may say; also the published JSON schema. */
export const imagePolicySchema: z.ZodType<ImagePolicy> = z.strictObject({
  apiVersion: z.literal('plimsoll.dev/v1alpha1'),
  kind: z.literal('ImagePolicy'),
  metadata: z.looseObject({ name: z.string().min(1) }),
  spec: z.strictObject({
    images: z.array(z.string().min(1)).min(1).meta(about('Names of images: * stops at a slash, ** does not.')),
    except: z.array(z.string().min(1)).optional(),
    namespaces: z.array(z.string()).optional().meta(about('Only in these; * and ? are wildcards.')),
    exceptNamespaces: z.array(z.string()).optional(),
    mode: z.enum(['enforce', 'audit', 'warn']).optional(),
    pin: z.boolean().optional().meta(about('Whether the digest is written behind the tag.')),
    unmatched: z
      .enum(['allow', 'deny'])
      .optional()
      .meta(about('What happens to images that no policy of this kind names.')),
    onMissing: z
      .enum(['deny', 'warn'])
      .optional()
      .meta(about('What it does when a fact of verdict or baseImage is not known.')),
    signers: z.record(z.string(), signer).optional(),
    require: z.strictObject({
      signatures: z.union([signatures, z.array(signatures)]).optional(),
      attestations: z.array(z.strictObject({ type: z.string(), ...counted })).optional(),
      sbom: z.literal('attested').optional().meta(about('A signer attested an SBOM, in CycloneDX or SPDX.')),
      verdict: z
        .strictObject({
          maxDays: days,
          severities: z
            .array(z.enum(severities))
            .min(1)
            .optional()
            .meta(about('Findings of these severities count; all unless given.')),
          ignoreUnfixed: z.boolean().optional().meta(about('Findings that nothing fixes do not count.')),
        })
        .optional()
        .meta(about('What a signer attested as the SBOM of the image has no findings, under data that is no older.')),
      baseImage: z.strictObject({ maxDays: days }).optional().meta(about('The base image was made no longer ago.')),
    }),
  }),
});
