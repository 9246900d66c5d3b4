import { optional, optionalMap, optionalShape, type Shape, shaped, text } from '../go-json/shape.ts';
import { isObject } from '../manifest.ts';

const healthcheck: Shape = [
  ['Test', optional],
  ['Interval', optional],
  ['Timeout', optional],
  ['StartPeriod', optional],
  ['Retries', optional],
];

/** What a container is started with, with its members in crane's order (moby image/spec/v1.2, "config"). */
const containerConfig: Shape = [
  ['AttachStderr', optional],
  ['AttachStdin', optional],
  ['AttachStdout', optional],
  ['Cmd', optional],
  ['Healthcheck', optionalShape(healthcheck)],
  ['Domainname', optional],
  ['Entrypoint', optional],
  ['Env', optional],
  ['Hostname', optional],
  ['Image', optional],
  ['Labels', optionalMap],
  ['OnBuild', optional],
  ['OpenStdin', optional],
  ['StdinOnce', optional],
  ['Tty', optional],
  ['User', optional],
  ['Volumes', optionalMap],
  ['WorkingDir', optional],
  ['ExposedPorts', optionalMap],
  ['ArgsEscaped', optional],
  ['NetworkDisabled', optional],
  ['MacAddress', optional],
  ['StopSignal', optional],
  ['Shell', optional],
];

/** The document of one layer: of a whole image's configuration, and of what was run to make it. */
const layerDocument: Shape = [
  ['architecture', text],
  ['author', optional],
  ['container', optional],
  ['created', moment],
  ['docker_version', optional],
  ['os', text],
  ['rootfs', () => ({ type: '', diff_ids: null })],
  ['config', (value) => shaped(value, containerConfig)],
  ['container_config', (value) => shaped(value, containerConfig)],
  ['id', optional],
  ['parent', optional],
  ['throwaway', optional],
  ['comment', optional],
];

/** What is known of one layer and what was run to make it. */
export function toLayerDocument(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return shaped(value, layerDocument);
}

/** Steps that made a layer, in order; a configuration need not have any. */
export function layerHistory(config: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] {
  const history = Array.isArray(config['history']) ? config['history'] : [];
  return history.filter(isObject).filter((step) => step['empty_layer'] !== true);
}

const zeroTime = '0001-01-01T00:00:00Z';

/** As Go writes a time of RFC 3339: without zeros at the end of its fraction. */
function moment(value: unknown): string {
  if (typeof value !== 'string' || value === '') return zeroTime;
  return value
    .replace(/(\.\d*?)0+(?=Z|[+-])/, '$1')
    .replace(/\.(?=Z|[+-])/, '')
    .replace(/[+-]00:00$/, 'Z');
}
