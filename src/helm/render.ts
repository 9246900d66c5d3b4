import { fromJson, loadSprig, renderTemplate, type Value } from '../codecs/go-template/index.ts';
import { describeError, isAppError } from '../core/index.ts';
import type { Chart, ChartTemplate } from './chart.ts';
import { helmError } from './errors.ts';
import { helmFunctions } from './functions.ts';
import { inOrder } from './order.ts';
import { assertValues } from './schema.ts';
import { mergeValues } from './values.ts';
import { isObject, type JsonObject, readYaml } from './yaml.ts';

/** What is installed, as templates know it. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** Who looks after the objects: `Helm`, for its own label. */
  readonly service: string;
}

const limits = { steps: 1_000_000, characters: 2 ** 26, depth: 50 };

/** The objects of a chart with these values over its own. @throws HELM_VALUES_INVALID, HELM_RENDER_FAILED */
export async function renderChart(chart: Chart, given: JsonObject, release: Release): Promise<JsonObject[]> {
  const values = mergeValues(chart.values, given);
  if (chart.schema !== undefined) await assertValues(values, chart.schema);
  const data = dataOf(chart, values, release);
  const sprig = await loadSprig();
  // Nothing of the environment or of the time may be in what is rendered.
  const functions = new Map([...sprig({ now: new Date(0), environment: {} }), ...helmFunctions]);
  const { libraries } = chart;
  const objects = chart.templates.flatMap((template) => {
    const text = failing(() =>
      renderTemplate(template.text, data, { name: template.name, functions, libraries, limits }),
    );
    // Helm writes nothing where there is no value.
    return objectsOf(template, text.replaceAll('<no value>', ''));
  });
  return inOrder(objects);
}

function dataOf({ metadata }: Chart, values: JsonObject, { name, namespace, service }: Release): Value {
  const capitalized = Object.entries(metadata).map(([key, value]) => [
    key.slice(0, 1).toUpperCase() + key.slice(1),
    value,
  ]);
  return fromJson({
    Values: values,
    Chart: Object.fromEntries(capitalized),
    Release: { Name: name, Namespace: namespace, Service: service, Revision: 1, IsInstall: true, IsUpgrade: false },
  });
}

function objectsOf({ name }: ChartTemplate, text: string): JsonObject[] {
  const fail = (reason: string): Error => helmError('HELM_RENDER_FAILED', { data: { reason: `${name}: ${reason}` } });
  return readYaml(text, fail).filter((value) => {
    if (value === null || isObject(value)) return value !== null;
    throw fail('what it makes is no object');
  }) as JsonObject[];
}

/** What the chart refuses is said in its own words. */
function failing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isAppError(error, 'CODEC_TEMPLATE_FAILED')) throw error;
    throw helmError('HELM_RENDER_FAILED', { data: { reason: describeError(error) }, cause: error });
  }
}
