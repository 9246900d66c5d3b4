import type { KubeObject } from '../../../kube/index.ts';
import { type JsonObject, nameOf, type Policy } from '../../../policy/index.ts';
import { dialects } from '../../../policy/registry.ts';

/** A policy that denies everything that a policy which cannot be read could be about: its namespace, or the whole cluster. */
export function blockingPolicy(object: KubeObject, reason: string): Policy {
  const { kind = 'Policy', metadata } = object;
  const { namespace } = metadata;
  const dialect = dialects.all.find(({ recognizes }) => recognizes(object as JsonObject))?.id ?? 'unknown';
  const message = `the policy cannot be used, and nobody knows what it was before: ${reason}`;
  return {
    name: { dialect, kind, name: metadata.name, ...(namespace !== undefined && { namespace }) },
    notes: [],
    rules: [
      {
        name: 'unusable',
        applies: (request) =>
          namespace === undefined || nameOf(request.object).namespace === namespace
            ? { kind: 'error', message }
            : { kind: 'no' },
        demandsOf: () => [],
        places: { byKind: {}, volumes: false },
        actionFor: () => 'deny',
      },
    ],
  };
}
