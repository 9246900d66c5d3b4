import { type CelFunc, type CelList, CelScalar, type CelValue, celFunc, isCelMap } from '@bufbuild/cel';
import { callRefused } from '../failure.ts';
import { anyList, toCel } from '../values.ts';

/** What expressions ask while a request is judged. All throw for what cannot be told. */
export interface RequestQuestions {
  /** How many of the attestors signed the image. */
  signatures(image: string, attestors: readonly string[]): number;
  /** How many of the attestors made a statement of the attestation's type about the image. */
  statements(image: string, attestation: string, attestors: readonly string[]): number;
  /** A statement that was verified before. */
  payload(image: string, attestation: string): unknown;
  content(image: string): unknown;
  /** An object by the plural name of its kind. */
  object(apiVersion: string, resource: string, namespace: string, name: string): unknown;
}

const { DYN, INT, STRING } = CelScalar;

/** Functions that depend on the request; `current` is set while expressions are worked out. */
export function requestFunctions(current: () => RequestQuestions): readonly CelFunc[] {
  return [
    celFunc('verifyImageSignatures', [STRING, anyList], INT, (image, attestors) =>
      BigInt(current().signatures(image, namesOf(attestors))),
    ),
    celFunc('verifyAttestationSignatures', [STRING, STRING, anyList], INT, (image, attestation, attestors) =>
      BigInt(current().statements(image, attestation, namesOf(attestors))),
    ),
    celFunc('extractPayload', [STRING, STRING], DYN, (image, attestation) =>
      toCel(current().payload(image, attestation)),
    ),
    ...['getImageData', 'image.GetMetadata', 'image.getMetadata'].map((name) =>
      celFunc(name, [STRING], DYN, (image) => toCel(current().content(image))),
    ),
    celFunc('resource.Get', [STRING, STRING, STRING, STRING], DYN, (apiVersion, resource, namespace, name) =>
      toCel(current().object(apiVersion, resource, namespace, name)),
    ),
    ...refused,
  ];
}

function namesOf(attestors: CelList): string[] {
  return [...attestors].map((attestor: CelValue) => {
    const name = isCelMap(attestor) ? attestor.get('name') : attestor;
    if (typeof name === 'string') return name;
    throw new TypeError('an attestor is none of the policy');
  });
}

const services = 'policies ask no services';
const lists = 'only objects that are named are looked up';

/** What Kyverno has and nobody here answers. */
const refused: readonly CelFunc[] = [
  refuse('http.Get', 1, services),
  refuse('http.Get', 2, services),
  refuse('http.Post', 2, services),
  refuse('http.Post', 3, services),
  refuse('http.Client', 1, services),
  refuse('globalContext.Get', 2, 'entries of the global context are of Kyverno'),
  refuse('resource.List', 3, lists),
  refuse('resource.List', 4, lists),
  refuse('resource.Post', 4, 'policies change nothing'),
  refuse('random', 0, 'a decision is left to no chance'),
  refuse('random', 1, 'a decision is left to no chance'),
];

function refuse(call: string, count: number, reason: string): CelFunc {
  return celFunc(call, new Array<typeof DYN>(count).fill(DYN), DYN, () => {
    throw callRefused(call, reason);
  });
}
