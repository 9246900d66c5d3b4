import { predicateTypeOf } from '../../../envelope/index.ts';
import { policyError } from '../../errors.ts';
import type { Requirement, SignatureRequirement } from '../../model/policy.ts';
import { baseImageQuestion } from './base-image.ts';
import type { CountedFields, ImagePolicySpec } from './image-policy.ts';
import { readSigner } from './signers.ts';
import { type VerdictSource, verdictQuestion } from './verdict.ts';

type Signers = ReadonlyMap<string, SignatureRequirement>;

const sbomTypes = ['cyclonedx', 'spdx'];

/** All that a policy requires of an image. @throws POLICY_INVALID, POLICY_KEY_* */
export function readRequirement(
  { signers: given = {}, require, onMissing }: ImagePolicySpec,
  policy: string,
): Requirement {
  const signers = new Map(Object.entries(given).map(([name, one]) => [name, readSigner(name, one, policy)]));
  const { signatures = [], attestations = [], sbom, verdict, baseImage } = require;
  const counted = (fields: CountedFields, at: string): Requirement => countedOf(fields, at, signers, policy);
  const lenient = onMissing === 'warn';
  const parts: Requirement[] = [
    ...[signatures].flat().map((fields, index) => counted(fields, `require.signatures[${index}]`)),
    ...attestations.map(({ type, ...fields }, index) => {
      const at = `require.attestations[${index}]`;
      return attested(at, type, counted(fields, at));
    }),
    ...(sbom === undefined ? [] : [attestedSbom('require.sbom', counted({ atLeast: 1 }, 'require.sbom'))]),
    ...(verdict === undefined ? [] : [verdictQuestion(verdict, sourceOf([...signers.values()], lenient))]),
    ...(baseImage === undefined ? [] : [baseImageQuestion(baseImage.maxDays, lenient)]),
  ];
  if (parts.length === 0) throw invalid(policy, 'spec.require', 'demands nothing');
  return { kind: 'group', at: 'require', parts };
}

function countedOf({ by, atLeast }: CountedFields, at: string, signers: Signers, policy: string): Requirement {
  const names = by ?? [...signers.keys()];
  if (names.length === 0) throw invalid(policy, 'spec.signers', 'is empty');
  if (new Set(names).size < names.length) throw invalid(policy, `spec.${at}.by`, 'names a signer twice');
  const parts = names.map((name) => {
    const signer = signers.get(name);
    if (signer === undefined) throw invalid(policy, `spec.${at}.by`, `names "${name}", which is none of the signers`);
    return signer;
  });
  if (atLeast !== undefined && atLeast > parts.length) {
    throw invalid(policy, `spec.${at}.atLeast`, 'is more than there are signers');
  }
  return { kind: 'group', at, parts, ...(atLeast !== undefined && { atLeast }) };
}

/** One statement of the type is enough. */
function attested(at: string, word: string, by: Requirement): Requirement {
  return { kind: 'attestation', at, predicateType: predicateTypeOf(word) ?? word, by, every: false };
}

function attestedSbom(at: string, by: Requirement): Requirement {
  const parts = sbomTypes.map((type) => attested(`${at}.${type}`, type, by));
  return { kind: 'group', at, atLeast: 1, parts };
}

/** Nobody need sign where whoever judges keeps verdicts. */
function sourceOf(parts: readonly SignatureRequirement[], isLenient: boolean): VerdictSource {
  const at = 'require.verdict.sbom';
  return {
    sbom: parts.length === 0 ? undefined : attestedSbom(at, { kind: 'group', at, parts, atLeast: 1 }),
    repositories: [...new Set(parts.flatMap(({ repository }) => repository ?? []))].sort(),
    isLenient,
  };
}

function invalid(policy: string, at: string, reason: string): Error {
  return policyError('POLICY_INVALID', { data: { policy, at, reason } });
}
