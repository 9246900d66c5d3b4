import type { Value } from './value.ts';

/** Nodes of a parsed template; `at` is an offset into its text. */
export type Node =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'action'; readonly pipeline: Pipeline; readonly at: number }
  | Branch
  | { readonly kind: 'template'; readonly name: string; readonly pipeline?: Pipeline; readonly at: number }
  | { readonly kind: 'break' | 'continue'; readonly at: number };

export interface Branch {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
  readonly at: number;
}

export interface Pipeline {
  readonly variables: readonly string[];
  /** True for `=`, which sets variables that are there already. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly at: number;
}

/** A value, or a function and its arguments. */
export interface Command {
  readonly first: Operand;
  readonly rest: readonly Operand[];
  readonly at: number;
}

export type Operand =
  | { readonly kind: 'literal'; readonly value: Value; readonly at: number }
  | { readonly kind: 'nil'; readonly at: number }
  | { readonly kind: 'dot'; readonly at: number }
  | { readonly kind: 'function'; readonly name: string; readonly at: number }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly at: number }
  | { readonly kind: 'field'; readonly of: Operand; readonly name: string; readonly at: number };
