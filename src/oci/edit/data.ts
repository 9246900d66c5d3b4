import type { Field } from './go-value.ts';

/**
 * The documents of an image with their fields in the order in which go-containerregistry writes them; edited images have
 * the digests that crane gives them only if every byte is the same.
 */

const omit = true as const;

const platformFields: readonly Field[] = [
  { name: 'architecture', kind: 'text' },
  { name: 'os', kind: 'text' },
  { name: 'os.version', kind: 'text', omit },
  { name: 'os.features', kind: 'texts', omit },
  { name: 'variant', kind: 'text', omit },
  { name: 'features', kind: 'texts', omit },
];

const descriptorFields: readonly Field[] = [
  { name: 'mediaType', kind: 'text' },
  { name: 'size', kind: 'integer' },
  { name: 'digest', kind: 'text' },
  { name: 'data', kind: 'text', omit },
  { name: 'urls', kind: 'texts', omit },
  { name: 'annotations', kind: 'pairs', omit },
  { name: 'platform', kind: { as: 'optional', fields: platformFields }, omit },
  { name: 'artifactType', kind: 'text', omit },
];

const descriptorList = { as: 'list', fields: descriptorFields } as const;

/** image-spec manifest.md; an edited image speaks of no `subject` any more. */
export const manifestFields: readonly Field[] = [
  { name: 'schemaVersion', kind: 'integer' },
  { name: 'mediaType', kind: 'text', omit },
  { name: 'config', kind: { as: 'one', fields: descriptorFields } },
  { name: 'layers', kind: descriptorList },
  { name: 'annotations', kind: 'pairs', omit },
  { name: 'artifactType', kind: 'text', omit },
];

/** image-spec image-index.md, without `subject` too. */
export const indexFields: readonly Field[] = [
  { name: 'schemaVersion', kind: 'integer' },
  { name: 'mediaType', kind: 'text', omit },
  { name: 'manifests', kind: descriptorList },
  { name: 'annotations', kind: 'pairs', omit },
  { name: 'artifactType', kind: 'text', omit },
];

const healthFields: readonly Field[] = [
  { name: 'Test', kind: 'texts', omit },
  { name: 'Interval', kind: 'integer', omit },
  { name: 'Timeout', kind: 'integer', omit },
  { name: 'StartPeriod', kind: 'integer', omit },
  { name: 'Retries', kind: 'integer', omit },
];

const executionFields: readonly Field[] = [
  { name: 'AttachStderr', kind: 'switch', omit },
  { name: 'AttachStdin', kind: 'switch', omit },
  { name: 'AttachStdout', kind: 'switch', omit },
  { name: 'Cmd', kind: 'texts', omit },
  { name: 'Healthcheck', kind: { as: 'optional', fields: healthFields }, omit },
  { name: 'Domainname', kind: 'text', omit },
  { name: 'Entrypoint', kind: 'texts', omit },
  { name: 'Env', kind: 'texts', omit },
  { name: 'Hostname', kind: 'text', omit },
  { name: 'Image', kind: 'text', omit },
  { name: 'Labels', kind: 'pairs', omit },
  { name: 'OnBuild', kind: 'texts', omit },
  { name: 'OpenStdin', kind: 'switch', omit },
  { name: 'StdinOnce', kind: 'switch', omit },
  { name: 'Tty', kind: 'switch', omit },
  { name: 'User', kind: 'text', omit },
  { name: 'Volumes', kind: 'names', omit },
  { name: 'WorkingDir', kind: 'text', omit },
  { name: 'ExposedPorts', kind: 'names', omit },
  { name: 'ArgsEscaped', kind: 'switch', omit },
  { name: 'NetworkDisabled', kind: 'switch', omit },
  { name: 'MacAddress', kind: 'text', omit },
  { name: 'StopSignal', kind: 'text', omit },
  { name: 'Shell', kind: 'texts', omit },
];

/** One step of a build. */
export const historyFields: readonly Field[] = [
  { name: 'author', kind: 'text', omit },
  { name: 'created', kind: 'time', omit },
  { name: 'created_by', kind: 'text', omit },
  { name: 'comment', kind: 'text', omit },
  { name: 'empty_layer', kind: 'switch', omit },
];

const rootFields: readonly Field[] = [
  { name: 'type', kind: 'text' },
  { name: 'diff_ids', kind: 'texts' },
];

/** image-spec config.md, with what Docker has beside it. */
export const configFields: readonly Field[] = [
  { name: 'architecture', kind: 'text' },
  { name: 'author', kind: 'text', omit },
  { name: 'container', kind: 'text', omit },
  { name: 'created', kind: 'time', omit },
  { name: 'docker_version', kind: 'text', omit },
  { name: 'history', kind: { as: 'list', fields: historyFields }, omit },
  { name: 'os', kind: 'text' },
  { name: 'rootfs', kind: { as: 'one', fields: rootFields } },
  { name: 'config', kind: { as: 'one', fields: executionFields } },
  { name: 'os.version', kind: 'text', omit },
  { name: 'variant', kind: 'text', omit },
  { name: 'os.features', kind: 'texts', omit },
];
