import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const parts = /^(Chart\.yaml|values\.yaml|values\.schema\.json|templates\/.*\.(ya?ml|tpl))$/;

/** Texts of the chart by their paths from its directory on: what is rendered, without README and examples. */
export function readChartFiles(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  const named = paths.map((path) => [relative(directory, path), readFileSync(path, 'utf8')] as const);
  return Object.fromEntries(named.filter(([path]) => parts.test(path)).sort());
}
