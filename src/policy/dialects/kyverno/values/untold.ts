import { isObject, type JsonObject } from '../../../model/json.ts';
import type { Scope } from '../../../model/policy.ts';
import { Untold } from './unresolved.ts';

/** Values of which it is seen whether somebody looks at what was not told, however that is done. */
export interface Watched {
  readonly values: JsonObject;
  /** @throws Untold when it was looked at, or is part of what was found */
  assertTold(found: unknown): void;
}

/** What is thrown by a member may be swallowed by whoever reads it, and is remembered for that. */
export function watchUntold({ values, untold = {} }: Scope): Watched {
  const names = Object.keys(untold);
  if (names.length === 0) return { values, assertTold: () => undefined };
  let seen: Untold | undefined;
  const watched: Record<string, JsonObject> = {};
  for (const name of names) {
    const [value, members = []] = [values[name], untold[name]];
    if (!isObject(value)) continue;
    const copy = { ...value };
    for (const member of members) {
      const get = (): never => {
        seen ??= new Untold(`POLICY_FACT_MISSING: ${name}.${member} is not told by whoever asks`);
        throw seen;
      };
      Object.defineProperty(copy, member, { enumerable: true, get });
    }
    watched[name] = copy;
  }
  return {
    values: { ...values, ...watched },
    assertTold(found) {
      if (typeof found === 'object') JSON.stringify(found);
      if (seen !== undefined) throw seen;
    },
  };
}
