import { helmError } from './errors.ts';
import { isObject, type JsonObject, readYaml } from './yaml.ts';

/** Texts of a chart by their paths from its directory on. */
export type ChartFiles = Readonly<Record<string, string>>;

export interface ChartTemplate {
  readonly name: string;
  readonly text: string;
}

/** A chart, read. */
export interface Chart {
  /** What Chart.yaml says. */
  readonly metadata: JsonObject & { readonly name: string };
  readonly values: JsonObject;
  readonly schema: JsonObject | undefined;
  /** Those that objects are made of, and those that only define. */
  readonly templates: readonly ChartTemplate[];
  readonly libraries: readonly ChartTemplate[];
}

/** @throws HELM_CHART_INVALID */
export function parseChart(files: ChartFiles): Chart {
  const metadata = readObject(files, 'Chart.yaml');
  const { name } = metadata;
  if (typeof name !== 'string') throw invalid('Chart.yaml', 'has no name');
  const templates = Object.entries(files)
    .filter(([path]) => /^templates\/.*\.(ya?ml|tpl)$/.test(path))
    .map(([path, text]) => ({ name: `${name}/${path}`, text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const isLibrary = ({ name: path }: ChartTemplate): boolean => /\/_[^/]*$/.test(path);
  return {
    metadata: { ...metadata, name },
    values: readObject(files, 'values.yaml'),
    schema: files['values.schema.json'] === undefined ? undefined : readObject(files, 'values.schema.json'),
    templates: templates.filter((template) => !isLibrary(template)),
    libraries: templates.filter(isLibrary),
  };
}

function readObject(files: ChartFiles, path: string): JsonObject {
  const [value] = readYaml(files[path] ?? '', (reason) => invalid(path, reason));
  if (!isObject(value)) throw invalid(path, 'is missing, or no map');
  return value;
}

function invalid(path: string, reason: string): Error {
  return helmError('HELM_CHART_INVALID', { data: { path, reason } });
}
