import { makeRegistry, type Registry } from '../kit/registry.ts';
import type { PolicyDialect } from './dialect.ts';
import { connaisseur } from './dialects/connaisseur/index.ts';
import { imageValidating } from './dialects/image-validating/index.ts';
import { kyverno } from './dialects/kyverno/index.ts';
import { plimsoll } from './dialects/plimsoll/index.ts';
import { policyController } from './dialects/policy-controller/index.ts';

/** Every language of policies. */
export const dialects: Registry<PolicyDialect> = makeRegistry([
  plimsoll,
  kyverno,
  imageValidating,
  connaisseur,
  policyController,
]);
