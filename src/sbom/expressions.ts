/** All of these licences at once, as one SPDX expression. */
export function joinExpressions(expressions: readonly string[]): string {
  const unique = [...new Set(expressions)];
  return unique
    .map((expression) => (unique.length > 1 && / OR /.test(expression) ? `(${expression})` : expression))
    .join(' AND ');
}
