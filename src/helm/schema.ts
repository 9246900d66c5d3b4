import { helmError } from './errors.ts';
import type { JsonObject } from './yaml.ts';

/** @throws HELM_VALUES_INVALID */
export async function assertValues(values: JsonObject, schema: JsonObject): Promise<void> {
  const { fromJSONSchema } = await import('zod');
  const { success, error } = fromJSONSchema(schema as Parameters<typeof fromJSONSchema>[0]).safeParse(values);
  if (success) return;
  const reasons = error.issues.map(({ path, message }) => `${path.join('.') || 'values'}: ${message}`);
  throw helmError('HELM_VALUES_INVALID', { data: { reason: reasons.slice(0, 5).join('; ') } });
}
