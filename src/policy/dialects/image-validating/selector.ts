import type { Fields } from '../../model/fields.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether labels are those that a selector (meta/v1) asks for; none asks for nothing. @throws POLICY_INVALID */
export function readSelector(fields: Fields | undefined): (labels: Labels) => boolean {
  const wanted = Object.entries(fields?.textMap('matchLabels') ?? {});
  const expressions = fields?.items('matchExpressions').map(readExpression) ?? [];
  return (labels) =>
    wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    expressions.every((holds) => holds(labels));
}

function readExpression(fields: Fields): (labels: Labels) => boolean {
  const key = fields.required('key');
  const values = fields.texts('values');
  const found = (labels: Labels): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  switch (fields.choice('operator', ['In', 'NotIn', 'Exists', 'DoesNotExist'])) {
    case 'In':
      return (labels) => values.includes(found(labels) ?? '') && found(labels) !== undefined;
    case 'NotIn':
      return (labels) => found(labels) === undefined || !values.includes(found(labels) ?? '');
    case 'Exists':
      return (labels) => found(labels) !== undefined;
    case 'DoesNotExist':
      return (labels) => found(labels) === undefined;
    default:
      throw fields.invalid('operator', 'is missing');
  }
}
