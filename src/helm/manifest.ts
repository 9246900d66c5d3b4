import { toYaml } from './functions.ts';
import type { JsonObject } from './yaml.ts';

/** Objects as documents of one YAML file. */
export function toManifest(objects: readonly JsonObject[]): string {
  return objects.map((object) => `---\n${toYaml(object)}\n`).join('');
}
