import type { Finding } from '../model/decision.ts';
import type { AttestationRequirement, DenialRequirement, QuestionRequirement, Requirement } from '../model/policy.ts';
import { conditionsOf } from './attestation.ts';
import { denialOf } from './denial.ts';
import type { Evaluated, Subject, Wanted } from './evaluated.ts';
import { checkSignature } from './signature.ts';

/** Whether a requirement holds of an image; undefined when something must be known first. */
export function evaluate(
  requirement: Requirement,
  subject: Subject,
  wanted: Wanted = { kind: 'signature' },
): Evaluated | undefined {
  switch (requirement.kind) {
    case 'group':
      return evaluateGroup(requirement, subject, wanted);
    case 'signature':
      return checkSignature(requirement, subject, wanted);
    case 'attestation':
      return evaluateAttestation(requirement, subject);
    case 'static':
      return settled(requirement.at, requirement.message, requirement.holds ? undefined : denied(requirement.message));
    case 'question':
      return evaluateQuestion(requirement, subject);
    case 'denial':
      return evaluateDenial(requirement, subject);
  }
}

function evaluateGroup(
  { at, parts, counts, atLeast = parts.length }: Requirement & { readonly kind: 'group' },
  subject: Subject,
  wanted: Wanted,
): Evaluated | undefined {
  const all = parts.map((part) => evaluate(part, subject, wanted));
  const known = all.filter((part) => part !== undefined);
  if (known.length < all.length) return undefined;
  const held = known.filter(({ check }) => check.holds);
  const demand = atLeast === parts.length ? 'all of' : `at least ${atLeast} of ${parts.length}`;
  const signatures = held.flatMap(({ pieces }) => pieces);
  const holds = (counts === 'signatures' ? signatures : held).length >= atLeast;
  return {
    check: { at, holds, demand, findings: [], checks: known.map(({ check }) => check) },
    pieces: signatures,
    broke: !holds && known.some(({ broke }) => broke),
    warnings: held.flatMap(({ warnings = [] }) => warnings),
  };
}

/** A fact that is missing fails what is required, unless that only warns. */
function evaluateQuestion(
  { at, demand, isLenient, evidence, ask }: QuestionRequirement,
  subject: Subject,
): Evaluated | undefined {
  const found = evidence && evaluate(evidence, subject);
  if (evidence !== undefined && found === undefined) return undefined;
  const answer = ask({ ...subject, signed: (found?.pieces ?? []).map(({ signed }) => signed) });
  if (answer === undefined) return undefined;
  const checks = found === undefined ? [] : [found.check];
  if (answer.kind === 'holds') return settled(at, demand, undefined, checks);
  const code = answer.kind === 'missing' ? 'fact-missing' : 'condition-unmet';
  const finding = { code, message: answer.message };
  const failed = settled(at, demand, finding, checks);
  if (answer.kind === 'fails') return failed;
  if (!isLenient) return { ...failed, broke: true };
  return { ...failed, check: { ...failed.check, holds: true }, warnings: [`${at}: ${answer.message}`] };
}

/** Accepted signers must have made statements of the type, and the conditions must hold of all, or of one. */
function evaluateAttestation(requirement: AttestationRequirement, subject: Subject): Evaluated | undefined {
  const { at, predicateType, by } = requirement;
  const signed = evaluate(by, subject, { kind: 'attestation', predicateType });
  if (signed === undefined) return undefined;
  const demand = `a statement of the type ${predicateType}`;
  const checks = [signed.check];
  if (!signed.check.holds) {
    return { ...signed, check: { at, holds: false, demand, findings: [], checks } };
  }
  const failed = conditionsOf(requirement, signed.pieces, subject);
  const findings = failed === undefined ? [] : [failed];
  return { ...signed, check: { at, holds: failed === undefined, demand, findings, checks } };
}

/** Attestations that do not hold are told where they are demanded themselves. */
function evaluateDenial({ at, attestations, check }: DenialRequirement, subject: Subject): Evaluated | undefined {
  const named = Object.entries(attestations).map(([name, part]) => ({
    name,
    found: evaluateAttestation(part, subject),
  }));
  const known = named.flatMap(({ name, found }) => (found === undefined ? [] : [{ name, pieces: found.pieces }]));
  if (known.length < named.length) return undefined;
  const { image, scope } = subject;
  return settled(
    at,
    'nothing that is to be denied',
    denialOf(known, (predicates) => check(predicates, image, scope)),
  );
}

function settled(
  at: string,
  demand: string,
  failed: Finding | undefined,
  checks: Evaluated['check']['checks'] = [],
): Evaluated {
  const check = { at, demand, holds: failed === undefined, findings: failed === undefined ? [] : [failed], checks };
  return { check, pieces: [], broke: false };
}

function denied(message: string): Finding {
  return { code: 'denied', message };
}
