import { describeError, isAppError } from '../../../core/index.ts';
import type { Check, ImageResult } from '../../model/decision.ts';
import type { Pin, RequestVerdict } from '../../model/policy.ts';
import { type Bindings, holds, textOf } from './cel/compile.ts';
import { CelFailure } from './cel/failure.ts';
import type { RequestQuestions } from './cel/functions/request-functions.ts';
import { LazyValues, toCel } from './cel/values.ts';
import { findImages, podSites } from './images.ts';
import { Lookup } from './lookup.ts';
import { Proofs } from './proofs.ts';
import type { EvaluationSetting } from './setting.ts';
import type { ImageSpec, Validation } from './spec.ts';

type Outcome = Pick<RequestVerdict, 'outcome' | 'message'>;

/** One request under one policy. While something is asked for, values that stand in for it make no difference: nobody looks at them. */
export class Evaluation implements RequestQuestions {
  readonly #spec: ImageSpec;
  readonly #setting: EvaluationSetting;
  readonly #lookup: Lookup;
  #bindings: Bindings = {};
  #proofs: Proofs;

  constructor(spec: ImageSpec, setting: EvaluationSetting) {
    this.#spec = spec;
    this.#setting = setting;
    this.#lookup = new Lookup(setting.asks, setting.namespace);
    this.#proofs = new Proofs(spec, setting, this.#lookup);
  }

  judge(): RequestVerdict {
    try {
      return this.#judgeAll();
    } catch (error) {
      if (!(error instanceof CelFailure || isAppError(error))) throw error;
      return { outcome: 'error', message: describeError(error), images: [], pins: [], verified: [], needsVerified: [] };
    }
  }

  #judgeAll(): RequestVerdict {
    const { request, asks, bind } = this.#setting;
    const sites = podSites(request.object);
    const known = this.#withVariables(bind(request, asks) ?? {});
    const all = findImages(sites, this.#spec.extractors, known);
    const lists = new Map([...all].map(([name, images]) => [name, images.filter(this.#spec.references)]));
    const images = [...new Set([...lists.values()].flat())];
    this.#bindings = this.#withVariables({ ...known, images: toCel(Object.fromEntries(lists)), ...this.#named() });
    const found = images.map((image) => this.#lookup.find(image, sites));
    const { outcome, message } = this.#withDigests(images) ?? this.#validate();
    const pins = this.#spec.pins ? found.flatMap((one): Pin[] => (one === undefined ? [] : [one])) : [];
    return {
      outcome,
      message,
      pins,
      images: images.map((image) => this.#toResult(image, outcome, message)),
      verified: [...this.#proofs.verified],
      needsVerified: this.#spec.isRequired ? images : [],
    };
  }

  #named(): Bindings {
    const { attestors, attestations } = this.#spec;
    return {
      attestors: new Map([...attestors.keys()].map((name) => [name, new Map([['name', name]])])),
      attestations: new Map([...attestations.keys()].map((name) => [name, name])),
    };
  }

  #withVariables(bindings: Bindings): Bindings {
    const { variables } = this.#spec;
    const all: Bindings = {
      ...bindings,
      variables: new LazyValues([...variables.keys()], (name) => variables.get(name)?.(all) ?? null),
    };
    return all;
  }

  /** Why the images do not count as they are named; a digest that is to be written is there. */
  #withDigests(images: readonly string[]): Outcome | undefined {
    if (!this.#spec.needsDigest || this.#spec.pins) return undefined;
    const missing = images.find((image) => !image.includes('@'));
    return missing === undefined ? undefined : { outcome: 'fail', message: `image ${missing} does not have a digest` };
  }

  /** Every validation must hold, for every statement where there are several of a type; all are worked out, so that what they need is asked for together. */
  #validate(): Outcome {
    for (let choice = 0; choice < this.#proofs.choices; choice++) {
      this.#proofs.choose(choice);
      const [failed] = this.#spec.validations.filter(({ expression }) => !holds(expression, this.#bindings));
      if (failed !== undefined) return { outcome: 'fail', message: this.#messageOf(failed) };
    }
    return { outcome: 'pass', message: 'success' };
  }

  #messageOf({ message, messageExpression }: Validation): string {
    if (messageExpression === undefined) return message;
    try {
      return textOf(messageExpression, this.#bindings);
    } catch (error) {
      if (!(error instanceof CelFailure)) throw error;
      return `${message} (its messageExpression has no value: ${describeError(error)})`;
    }
  }

  #toResult(image: string, outcome: ImageResult['outcome'], message: string): ImageResult {
    const checks: readonly Check[] = this.#proofs.checksOf(image);
    const digest = this.#lookup.digestOf(image);
    const pointers = this.#lookup.pointersOf(image);
    return { image, pointers, outcome, message, checks, ...(digest !== undefined && { digest }) };
  }

  signatures(image: string, attestors: readonly string[]): number {
    return this.#proofs.signatures(image, attestors, this.#bindings);
  }

  statements(image: string, attestation: string, attestors: readonly string[]): number {
    return this.#proofs.statements(image, attestation, attestors, this.#bindings);
  }

  payload(image: string, attestation: string): unknown {
    return this.#proofs.payload(image, attestation);
  }

  content(image: string): unknown {
    return this.#lookup.content(image);
  }

  object(apiVersion: string, resource: string, namespace: string, name: string): unknown {
    return this.#lookup.object(apiVersion, resource, namespace, name);
  }
}
