import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chartFiles } from '../../src/admission/chart/data.ts';
import { module } from '../../src/cli/commands/admission-serve/run.ts';
import { programVersion } from '../../src/cli/version.ts';
import { allOptions } from '../../src/config/registry.ts';
import { type JsonObject, parseChart, parseValues, renderChart } from '../../src/helm/index.ts';
import { makeChartOutputs } from '../../tools/chart/outputs.ts';
import { documentedValues } from '../../tools/chart/values-table.ts';

const root = join(import.meta.dirname, '../..');
const chart = parseChart(chartFiles);
const everything = parseValues(readFileSync(join(root, 'charts/plimsoll/ci/everything.yaml'), 'utf8'));

test('README, manifests and the chart that the program carries are made of the chart as it is', async () => {
  for (const [path, text] of Object.entries(await makeChartOutputs(root)))
    expect(readFileSync(join(root, path), 'utf8') === text, `${path} is out of date: npm run chart`).toBe(true);
});

test('the chart installs the version that it lies beside', () => {
  expect(chart.metadata).toMatchObject({ version: programVersion, appVersion: programVersion });
});

test('every value is documented, and the schema knows it and no other', () => {
  const documented = documentedValues(chartFiles['values.yaml'] ?? '');
  expect(documented.filter(({ description }) => description === '')).toEqual([]);
  expect(
    keysOf(
      chart.schema ?? {},
      documented.map(({ key }) => key),
    ),
  ).toEqual(documented.map(({ key }) => key).sort());
});

test('servers are given flags that they have', async () => {
  const objects = await renderChart(chart, everything, { name: 'plimsoll', namespace: 'p', service: 'Helm' });
  const flags = [...JSON.stringify(objects).matchAll(/"--([a-z-]+)[="]/g)].map(([, flag]) => flag);
  const known = new Set([...module.options.flatMap(({ options }) => options), ...allOptions].map(({ flag }) => flag));
  expect(flags.length).toBeGreaterThan(8);
  expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
});

/** Dotted keys of a schema, down to those that are documented as a whole. */
function keysOf(schema: JsonObject, whole: readonly string[], path: readonly string[] = []): string[] {
  const entries = Object.entries((schema['properties'] ?? {}) as Record<string, JsonObject>);
  if (entries.length === 0 || whole.includes(path.join('.'))) return [path.join('.')];
  return entries
    .filter(([name]) => name !== 'global')
    .flatMap(([name, part]) => keysOf(part, whole, [...path, name]))
    .sort();
}
