import { isObject, type Json, objectOf } from '../kit/json-value.ts';
import { compact } from './compact.ts';

/**
 * An image configuration (image-spec config.md, with Docker's additions) in the fields and order of Trivy's reports:
 * what is not known is left out, and what is of another type than specified counts as absent.
 */
export function toImageConfigJson(config: Json): Record<string, unknown> {
  return {
    architecture: text(config['architecture']) ?? '',
    ...compact({ author: text(config['author']), container: text(config['container']) }),
    created: moment(config['created']),
    ...compact({ docker_version: text(config['docker_version']), history: objects(config['history']).map(toHistory) }),
    os: text(config['os']) ?? '',
    rootfs: {
      type: text(objectOf(config['rootfs'])['type']) ?? '',
      diff_ids: texts(objectOf(config['rootfs'])['diff_ids']),
    },
    config: toExecution(objectOf(config['config'])),
    ...compact({
      'os.version': text(config['os.version']),
      variant: text(config['variant']),
      'os.features': texts(config['os.features']),
    }),
  };
}

function toHistory(entry: Json): Record<string, unknown> {
  return {
    ...compact({ author: text(entry['author']) }),
    created: moment(entry['created']),
    ...compact({
      created_by: text(entry['created_by']),
      comment: text(entry['comment']),
      empty_layer: entry['empty_layer'] === true,
    }),
  };
}

function toExecution(config: Json): Record<string, unknown> {
  return compact({
    AttachStderr: config['AttachStderr'] === true,
    AttachStdin: config['AttachStdin'] === true,
    AttachStdout: config['AttachStdout'] === true,
    Cmd: texts(config['Cmd']),
    Healthcheck: toHealthcheck(config['Healthcheck']),
    Domainname: text(config['Domainname']),
    Entrypoint: texts(config['Entrypoint']),
    Env: texts(config['Env']),
    Hostname: text(config['Hostname']),
    Image: text(config['Image']),
    Labels: labels(config['Labels']),
    OnBuild: texts(config['OnBuild']),
    OpenStdin: config['OpenStdin'] === true,
    StdinOnce: config['StdinOnce'] === true,
    Tty: config['Tty'] === true,
    User: text(config['User']),
    Volumes: keySet(config['Volumes']),
    WorkingDir: text(config['WorkingDir']),
    ExposedPorts: keySet(config['ExposedPorts']),
    ArgsEscaped: config['ArgsEscaped'] === true,
    NetworkDisabled: config['NetworkDisabled'] === true,
    MacAddress: text(config['MacAddress']),
    StopSignal: text(config['StopSignal']),
    Shell: texts(config['Shell']),
  });
}

/** Durations are nanoseconds. */
function toHealthcheck(value: unknown): Record<string, unknown> | undefined {
  if (!isObject(value)) return undefined;
  return compact({
    Test: texts(value['Test']),
    Interval: integer(value['Interval']),
    Timeout: integer(value['Timeout']),
    StartPeriod: integer(value['StartPeriod']),
    Retries: integer(value['Retries']),
  });
}

/** A moment (RFC 3339) without trailing zeros of the second; the year 1 where there is none, as Go writes it. */
function moment(value: unknown): string {
  const [, start, fraction = '', zone] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})$/.exec(text(value) ?? '') ?? [];
  if (start === undefined) return '0001-01-01T00:00:00Z';
  const digits = fraction.replace(/0+$/, '');
  return `${start}${digits === '' ? '' : `.${digits}`}${zone}`;
}

function labels(value: unknown): Record<string, string> {
  return Object.fromEntries(
    sortedEntries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function keySet(value: unknown): Record<string, object> {
  return Object.fromEntries(sortedEntries(value).map(([key]) => [key, {}]));
}

function sortedEntries(value: unknown): [string, unknown][] {
  return Object.entries(objectOf(value)).sort(([a], [b]) => (a < b ? -1 : 1));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function integer(value: unknown): number | undefined {
  return Number.isInteger(value) ? (value as number) : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
