import type { Fields } from '../../model/fields.ts';
import { type Attestor, readAttestors } from './attestors.ts';
import type { Compile, Expression } from './cel/compile.ts';
import { type Extractor, readExtractors } from './images.ts';
import { type References, readReferences } from './references.ts';

/** What a policy says of the images of an object. */
export interface ImageSpec {
  readonly references: References;
  readonly extractors: readonly Extractor[];
  readonly variables: ReadonlyMap<string, Expression>;
  readonly attestors: ReadonlyMap<string, Attestor>;
  /** Predicate types by name. */
  readonly attestations: ReadonlyMap<string, string>;
  readonly validations: readonly Validation[];
  /** Whether digests are written behind tags. */
  readonly pins: boolean;
  readonly needsDigest: boolean;
  /** Whether every image must be verified, by this policy or another. */
  readonly isRequired: boolean;
}

export interface Validation {
  readonly expression: Expression;
  readonly message: string;
  readonly messageExpression?: Expression;
}

/** @throws POLICY_INVALID, POLICY_KEY_*, POLICY_PATTERN_INVALID */
export function readSpec(spec: Fields, compile: Compile): ImageSpec {
  const settings = spec.fields('validationConfigurations');
  const isOn = (name: string): boolean => settings?.boolean(name, true) ?? true;
  const validations = spec.items('validations').map((fields, index) => readValidation(fields, index, compile));
  if (validations.length === 0) throw spec.invalid('validations', 'is empty');
  const named = spec
    .items('variables')
    .map((fields) => [fields.required('name'), compile(fields, 'expression')] as const);
  return {
    references: readReferences(spec, compile),
    extractors: readExtractors(spec, compile),
    variables: new Map(named),
    attestors: readAttestors(spec, compile),
    attestations: new Map(spec.items('attestations').map(readAttestation)),
    validations,
    pins: isOn('mutateDigest'),
    needsDigest: isOn('verifyDigest'),
    isRequired: isOn('required'),
  };
}

function readValidation(fields: Fields, index: number, compile: Compile): Validation {
  return {
    expression: compile(fields, 'expression'),
    message: fields.text('message') || `CEL expression validation failed at index ${index}`,
    ...(fields.has('messageExpression') && { messageExpression: compile(fields, 'messageExpression') }),
  };
}

function readAttestation(fields: Fields): [string, string] {
  if (fields.oneOf('intoto', 'referrer') === 'referrer') {
    throw fields.invalid('referrer', 'is not supported: signatures of Notary cannot be verified');
  }
  return [fields.required('name'), fields.fields('intoto')?.required('type') ?? ''];
}
