import { policyError } from '../../errors.ts';
import { type JsonObject, textAt } from '../../model/json.ts';
import type { ImagePolicy } from './image-policy.ts';
import { imagePolicySchema } from './schema.ts';

/** A document that says what one may say. @throws POLICY_INVALID */
export function readDocument(document: JsonObject): ImagePolicy {
  const { success, data, error } = imagePolicySchema.safeParse(document);
  if (success) return data;
  const [issue] = error.issues;
  const policy = textAt(document, 'metadata', 'name') ?? 'an ImagePolicy without a name';
  const at = issue?.path.join('.') || 'it';
  throw policyError('POLICY_INVALID', { data: { policy, at, reason: `is not valid: ${issue?.message ?? ''}` } });
}
