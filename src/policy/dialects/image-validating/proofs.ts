import { nameByDigest } from '../../images/name.ts';
import type { Evaluated, Subject } from '../../judge/evaluated.ts';
import { evaluate } from '../../judge/requirement.ts';
import type { Check } from '../../model/decision.ts';
import type { Requirement } from '../../model/policy.ts';
import type { Bindings } from './cel/compile.ts';
import { CelFailure } from './cel/failure.ts';
import type { Lookup } from './lookup.ts';
import type { EvaluationSetting } from './setting.ts';
import type { ImageSpec } from './spec.ts';

/** What was verified of images while expressions were worked out. */
export class Proofs {
  readonly verified: Set<string> = new Set();
  readonly #spec: ImageSpec;
  readonly #setting: EvaluationSetting;
  readonly #lookup: Lookup;
  readonly #checks = new Map<string, Map<string, Check>>();
  /** Statements by image and attestation. */
  readonly #payloads = new Map<string, readonly unknown[]>();
  #choice = 0;

  constructor(spec: ImageSpec, setting: EvaluationSetting, lookup: Lookup) {
    this.#spec = spec;
    this.#setting = setting;
    this.#lookup = lookup;
  }

  /** How often expressions must be worked out so that each statement is looked at. */
  get choices(): number {
    return Math.max(1, ...[...this.#payloads.values()].map(({ length }) => length));
  }

  choose(choice: number): void {
    this.#choice = choice;
  }

  checksOf(image: string): Check[] {
    return [...(this.#checks.get(image)?.values() ?? [])];
  }

  signatures(image: string, attestors: readonly string[], bindings: Bindings): number {
    return this.#count(image, this.#requirements(attestors, bindings)).length;
  }

  statements(image: string, attestation: string, attestors: readonly string[], bindings: Bindings): number {
    const predicateType = this.#typeOf(attestation);
    const requirements = this.#requirements(attestors, bindings).map(
      (by): Requirement => ({
        kind: 'attestation',
        at: `attestations.${attestation}`,
        predicateType,
        by,
        every: false,
      }),
    );
    const held = this.#count(image, requirements);
    const statements = held.flatMap(({ pieces }) => pieces.flatMap(({ verified }) => verified.statement ?? []));
    if (held.length > 0) {
      const known = this.#payloads.get(`${image} ${attestation}`) ?? [];
      const told = statements.map(({ type, predicateType: predicate, subjects, ...rest }) => ({
        _type: type,
        predicateType: predicate,
        subject: subjects,
        ...rest,
      }));
      this.#payloads.set(`${image} ${attestation}`, distinct([...known, ...told]));
    }
    return held.length;
  }

  /** @throws CelFailure when nothing was verified before */
  payload(image: string, attestation: string): unknown {
    this.#typeOf(attestation);
    const payloads = this.#payloads.get(`${image} ${attestation}`) ?? [];
    const payload = payloads[Math.min(this.#choice, payloads.length - 1)];
    if (payload === undefined) throw new CelFailure(`no statement ${attestation} of ${image} was verified before`);
    return payload;
  }

  #typeOf(attestation: string): string {
    const type = this.#spec.attestations.get(attestation);
    if (type === undefined) throw new CelFailure(`"${attestation}" is none of the attestations`);
    return type;
  }

  #requirements(names: readonly string[], bindings: Bindings): Requirement[] {
    return names.map((name) => {
      const attestor = this.#spec.attestors.get(name);
      if (attestor === undefined) throw new CelFailure(`"${name}" is none of the attestors`);
      return attestor.requirement(bindings);
    });
  }

  /** Which of the requirements hold; an image that the policy is not for satisfies none. */
  #count(text: string, requirements: readonly Requirement[]): Evaluated[] {
    if (!this.#spec.references(text)) return [];
    const found = this.#lookup.find(text);
    if (found === undefined) return [];
    const name = nameByDigest(found.image.reference, found.digest);
    const { scope, asks } = this.#setting;
    const subject: Subject = { image: found.image, name, scope, asks };
    const held = requirements.flatMap((requirement) => {
      const evaluated = evaluate(requirement, subject);
      if (evaluated === undefined) return [];
      this.#note(text, requirement, evaluated.check);
      return evaluated.check.holds ? [evaluated] : [];
    });
    if (held.length > 0) this.verified.add(text);
    return held;
  }

  #note(image: string, { at, kind }: Requirement, check: Check): void {
    const checks = this.#checks.get(image) ?? new Map<string, Check>();
    checks.set(`${kind} ${at} ${check.checks[0]?.at ?? ''}`, check);
    this.#checks.set(image, checks);
  }
}

function distinct(payloads: readonly unknown[]): unknown[] {
  return [...new Map(payloads.map((payload) => [JSON.stringify(payload), payload])).values()];
}
