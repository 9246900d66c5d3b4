import type { Digest } from '../../core/index.ts';
import type { PolicyImage } from '../images/name.ts';
import type { Asks } from '../judge/asks.ts';
import type { Finding, ImageResult, PolicyName } from './decision.ts';
import type { JsonObject } from './json.ts';
import type { Proof, SignedContent } from './need.ts';
import type { PolicyRequest } from './request.ts';

/** A policy of any dialect, ready to be judged by. */
export interface Policy {
  readonly name: PolicyName;
  readonly rules: readonly Rule[];
  /** What is worth knowing of the file: what is ignored, and what is unsafe. */
  readonly notes: readonly PolicyNote[];
  /** What happens to images that no policy of the dialect is about; undefined where the dialect says nothing. */
  readonly uncovered?: (request: PolicyRequest, asks: Asks) => Action | undefined;
}

export interface PolicyNote {
  readonly level: 'warning' | 'ignored';
  /** Where in the file, for example `rules[0].verifyImages[1]`. */
  readonly at: string;
  readonly message: string;
}

export type Rule = ImageRule | RequestRule;

interface AnyRule {
  readonly name: string;
  /** Whether the rule is about a request. */
  readonly applies: (request: PolicyRequest, asks: Asks) => Applicability;
  /** What a failure does. */
  readonly actionFor: (request: PolicyRequest, asks: Asks) => Action;
  /** Whether what could not be judged lets the request in. */
  readonly failsOpen?: boolean;
}

/** Demands something of each image. */
export interface ImageRule extends AnyRule {
  /** What is demanded of an image, in order; none when the rule is not about it. */
  readonly demandsOf: (image: PolicyImage) => readonly ImageDemand[];
  /** Places of images in kinds of objects beside, or instead of, the usual ones. */
  readonly places: ImagePlaces;
}

/** Judges the object as a whole, by expressions that ask about images themselves. */
export interface RequestRule extends AnyRule {
  /** What it comes to; whatever it says while something is asked for does not count. */
  readonly judge: (request: PolicyRequest, scope: Scope, asks: Asks) => RequestVerdict;
}

/** What a rule over the object as a whole came to. */
export interface RequestVerdict {
  readonly outcome: 'pass' | 'fail' | 'error';
  readonly message: string;
  readonly images: readonly ImageResult[];
  readonly pins: readonly Pin[];
  /** Images, as they are written, of which a signature or statement was verified. */
  readonly verified: readonly string[];
  /** Images that this rule or another of the same request must have verified. */
  readonly needsVerified: readonly string[];
}

/** An image, and the digest to write behind its name. */
export interface Pin {
  readonly image: PolicyImage;
  readonly digest: Digest;
}

/** `audit` tells a failure and lets the request in; `warn` does not even count it as one. */
export type Action = 'deny' | 'audit' | 'warn';

export type Applicability =
  /** It is about something else, and says nothing. */
  | { readonly kind: 'no' }
  | { readonly kind: 'yes'; readonly scope: Scope }
  | { readonly kind: 'skip'; readonly message: string }
  /** With `denies` it keeps the request out even where what cannot be judged is let in. */
  | { readonly kind: 'error'; readonly message: string; readonly denies?: true };

/** What conditions of a rule may look at. */
export interface Scope {
  readonly now: Date;
  readonly values: JsonObject;
  /** Members of values that are there and were not told, for example `roles` of `request`. */
  readonly untold?: Readonly<Record<string, readonly string[]>>;
}

/** What one entry of a rule demands of the images that it names. */
export interface ImageDemand {
  /** Its place in the policy. */
  readonly at: string;
  /** The image is named as an exception. */
  readonly skip?: string;
  readonly requirement: Requirement;
  /** Writes the digest that was verified behind the tag. */
  readonly pins: boolean;
  /** The image must have a digest once pinning is done. */
  readonly needsDigest: boolean;
  /** How a failure is told. */
  readonly message?: string;
}

/** What must hold of an image. */
export type Requirement =
  | {
      readonly kind: 'group';
      readonly at: string;
      /** How many of the parts must hold; all unless given. */
      readonly atLeast?: number;
      /** Counts signatures in place of the parts that hold. */
      readonly counts?: 'signatures';
      readonly parts: readonly Requirement[];
    }
  | SignatureRequirement
  | AttestationRequirement
  | { readonly kind: 'static'; readonly at: string; readonly holds: boolean; readonly message: string }
  | QuestionRequirement
  | DenialRequirement;

/** Something that facts beside signatures and statements answer. */
export interface QuestionRequirement {
  readonly kind: 'question';
  readonly at: string;
  /** In words. */
  readonly demand: string;
  /** Whether a missing fact only warns. */
  readonly isLenient: boolean;
  /** What the question is asked about: evidence that satisfies this. It need not hold. */
  readonly evidence?: Requirement;
  /** Undefined while something must be asked for. */
  readonly ask: (question: Question) => Answer | undefined;
}

/** The image that is asked about. */
export interface Question {
  /** With its digest. */
  readonly name: string;
  readonly scope: Scope;
  readonly asks: Asks;
  /** The evidence that it is asked about. */
  readonly signed: readonly SignedContent[];
}

export type Answer =
  | { readonly kind: 'holds' }
  | { readonly kind: 'fails'; readonly message: string }
  | { readonly kind: 'missing'; readonly message: string };

export interface SignatureRequirement {
  readonly kind: 'signature';
  readonly at: string;
  readonly proof: Proof;
  /** A secret of the cluster that holds the key; the one in `proof` does not count then. */
  readonly keyFrom?: SecretKey;
  /** Who counts, when `proof` asks for a certificate. */
  readonly signer?: SignerRule;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly repository?: string;
  /** `any`: statements count as signatures too. */
  readonly counts?: 'any';
}

export interface SecretKey {
  readonly namespace: string;
  readonly name: string;
}

/** Whom a certificate must name. A signer counts when everything given matches. */
export interface SignerRule {
  /** In words, for example `*@org.com by https://github.com/login/oauth`. */
  readonly words: string;
  /** One of the names must match one of the patterns. */
  readonly names?: readonly TextPattern[];
  readonly issuers?: readonly TextPattern[];
  /** Claims by their name in `trust`. */
  readonly claims?: Readonly<Record<string, TextPattern>>;
  /** Whether a certificate that names nobody has every name. */
  readonly takesNameless?: boolean;
}

export type TextPattern =
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly text: string }
  /** RE2, found anywhere. */
  | { readonly kind: 'regexp'; readonly text: string };

/** Statements of a type by accepted signers, of which the conditions must hold. */
export interface AttestationRequirement {
  readonly kind: 'attestation';
  readonly at: string;
  readonly predicateType: string;
  readonly by: Requirement;
  /** Every statement must satisfy them, or one. */
  readonly every: boolean;
  /** Undefined when it holds, else why not. */
  readonly conditions?: (statement: StatementFacts) => Finding | undefined;
}

export interface StatementFacts {
  readonly predicateType: string;
  readonly predicate: JsonObject;
  readonly statement: JsonObject;
  readonly image: PolicyImage;
  readonly scope: Scope;
}

/** Conditions over statements of several attestations together. */
export interface DenialRequirement {
  readonly kind: 'denial';
  readonly at: string;
  readonly attestations: Readonly<Record<string, AttestationRequirement>>;
  /** Undefined when nothing is wrong, else what is; asked with a predicate for each name. */
  readonly check: (predicates: JsonObject, image: PolicyImage, scope: Scope) => Finding | undefined;
}

/** Where images stand in an object. */
export interface ImagePlaces {
  /** By kind; what is here replaces the usual places of that kind. */
  readonly byKind: Readonly<Record<string, readonly CustomPlace[]>>;
  /** Whether volumes of the kind image count. */
  readonly volumes: boolean;
}

export interface CustomPlace {
  /** Keys from the root; `*` is every item or member. */
  readonly path: readonly string[];
  /** The key of the image's name below the path; the path leads to it when empty. */
  readonly value?: string;
  /** Takes the name out of what stands there. */
  readonly convert?: (text: string) => string | undefined;
}
