import { makeRegistry, type Registry } from '../kit/registry.ts';
import type { PolicyDialect } from './dialect.ts';
import { connaisseur } from './dialects/connaisseur/index.ts';
import { kyverno } from './dialects/kyverno/index.ts';

/** Every language of policies. */
export const dialects: Registry<PolicyDialect> = makeRegistry([kyverno, connaisseur]);
