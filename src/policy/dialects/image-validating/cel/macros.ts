import { parse } from '@bufbuild/cel';

type Expr = NonNullable<ReturnType<typeof parse>['expr']>;

/** What calls with a variable of their own stand for, in expressions that the parser knows. */
const templates: Readonly<Record<string, (variable: string) => string>> = {
  bind: (variable) => `[__value].map(${variable}, __body)[0]`,
  optMap: (variable) => `optional.ofList(__target.optionalItems().map(${variable}, __body))`,
  optFlatMap: (variable) => `optional.ofList(__target.optionalItems().map(${variable}, __body)).flattened()`,
};

/** The expression with `cel.bind`, `optMap` and `optFlatMap` written out, at any depth. */
export function withMacros<T>(part: T): T {
  return mapExpressions(part, expand);
}

function mapExpressions<T>(part: T, change: (expr: Expr) => Expr): T {
  if (Array.isArray(part)) return part.map((item: unknown) => mapExpressions(item, change)) as T;
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return part;
  const entries = Object.entries(part).map(([key, value]) => [key, mapExpressions(value, change)]);
  const copy: unknown = Object.fromEntries(entries);
  return (isExpr(copy) ? change(copy) : copy) as T;
}

function isExpr(part: unknown): part is Expr {
  return typeof part === 'object' && part !== null && '$typeName' in part && part.$typeName === 'cel.expr.Expr';
}

function expand(expr: Expr): Expr {
  if (expr.exprKind.case !== 'callExpr') return expr;
  const { function: name, target, args } = expr.exprKind.value;
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  const variable = nameOf(args[0]);
  const isCall = name === 'bind' ? nameOf(target) === 'cel' && args.length === 3 : args.length === 2;
  if (template === undefined || variable === undefined || !isCall) return expr;
  const parts: Readonly<Record<string, Expr | undefined>> = {
    __target: target,
    __value: args[1],
    __body: args.at(-1),
  };
  const written = parse(template(variable)).expr;
  return mapExpressions(written, (one) => parts[nameOf(one) ?? ''] ?? one) ?? expr;
}

function nameOf(expr: Expr | undefined): string | undefined {
  return expr?.exprKind.case === 'identExpr' ? expr.exprKind.value.name : undefined;
}
