import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt } from '../../model/json.ts';
import type { Bindings, Compile } from './cel/compile.ts';
import { allHold, readConditions } from './conditions.ts';

/** A PolicyException (policies.kyverno.io). */
export interface ImageException {
  readonly name: string;
  readonly isFor: (policy: { readonly kind: string; readonly name: string }) => boolean;
  /** Whether it frees a request; one for single images or values frees none, as Kyverno has it here, and one that ran out neither. */
  readonly frees: (bindings: Bindings, now: Date) => boolean;
}

/** @throws POLICY_INVALID */
export function readException(document: JsonObject, compile: Compile): ImageException {
  const name = textAt(document, 'metadata', 'name') ?? 'without a name';
  const whole = new Fields(document, name);
  const spec = whole.fields('spec');
  if (spec === undefined) throw whole.invalid('spec', 'is missing');
  const refs = spec.items('policyRefs').map((ref) => ({ kind: ref.required('kind'), name: ref.required('name') }));
  const conditions = readConditions(spec, compile);
  const isPartial = spec.list('images').length + spec.list('allowedValues').length > 0;
  const end = readEnd(spec);
  return {
    name,
    isFor: (policy) => refs.some((ref) => ref.kind === policy.kind && ref.name === policy.name),
    frees: (bindings, now) => !isPartial && now.getTime() < end && allHold(conditions, bindings),
  };
}

function readEnd(spec: Fields): number {
  const text = spec.text('expiresAt');
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw spec.invalid('expiresAt', 'is no time');
  return time;
}
