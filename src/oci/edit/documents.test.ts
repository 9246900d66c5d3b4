import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../core/index.ts';
import {
  readConfigDocument,
  readIndexDocument,
  readManifestDocument,
  writeConfigDocument,
  writeIndexDocument,
  writeManifestDocument,
} from './documents.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const config = (value: unknown): string => writeConfigDocument(readConfigDocument(bytes(value), digest)).toString();

/** The texts are those that Go's encoding/json makes of go-containerregistry's structs. */
const start = '{"architecture":"","created":"0001-01-01T00:00:00Z"';
const end = '"os":"","rootfs":{"type":"","diff_ids":null},"config":{}}';

test.each<[string, unknown, string]>([
  ['nothing', {}, `${start},${end}`],
  ['unknown members go', { other: 1, config: { Other: 2 } }, `${start},${end}`],
  ['null is nothing', { author: null, rootfs: null, history: null }, `${start},${end}`],
  [
    'names in any case',
    { AUTHOR: 'a', Rootfs: { TYPE: 'layers' } },
    `{"architecture":"","author":"a",${start.slice(19)},${end.replace('"type":""', '"type":"layers"')}`,
  ],
  [
    'the exact name counts before another',
    { author: 'a', Author: 'b' },
    `{"architecture":"","author":"a",${start.slice(19)},${end}`,
  ],
  [
    'empty values go, and an empty list stays where it must',
    { author: '', 'os.features': [], rootfs: { diff_ids: [] } },
    `${start},${end.replace('null', '[]')}`,
  ],
  [
    'texts are escaped for HTML',
    { author: '<a> & \u2028\b\f\n\u007f' },
    `{"architecture":"","author":"\\u003ca\\u003e \\u0026 \\u2028\\b\\f\\n\u007f",${start.slice(19)},${end}`,
  ],
  [
    'half a character is replaced',
    { author: '\ud800' },
    `{"architecture":"","author":"\ufffd",${start.slice(19)},${end}`,
  ],
  [
    'maps are sorted by bytes',
    { config: { Labels: { b: '1', é: '', B: '', '10': '', '9': '', '\u{1f600}': '', '\uffff': '' } } },
    `${start},${end.replace('{}', '{"Labels":{"10":"","9":"","B":"","b":"1","é":"","\uffff":"","\u{1f600}":""}}')}`,
  ],
  [
    'sets keep their names only',
    { config: { ExposedPorts: { '80/tcp': { x: 1 }, '443/tcp': null } } },
    `${start},${end.replace('"config":{}', '"config":{"ExposedPorts":{"443/tcp":{},"80/tcp":{}}}')}`,
  ],
  [
    'a step without a time',
    { history: [{}, { empty_layer: true, created_by: 'x' }] },
    `${start},"history":[{"created":"0001-01-01T00:00:00Z"},{"created":"0001-01-01T00:00:00Z","created_by":"x","empty_layer":true}],${end}`,
  ],
  [
    'a check of health',
    { config: { Healthcheck: { Interval: 5e9, Retries: 0 } } },
    `${start},${end.replace('"config":{}', '"config":{"Healthcheck":{"Interval":5000000000}}')}`,
  ],
])('a configuration: %s', (_, value, expected) => {
  expect(config(value)).toBe(expected);
});

test.each([
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
  ['2026-01-02T03:04:05.120Z', '2026-01-02T03:04:05.12Z'],
  ['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05Z'],
  ['2026-01-02T03:04:05.1234567891+02:00', '2026-01-02T03:04:05.123456789+02:00'],
  ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05Z'],
  ['2026-02-30T03:04:05Z', undefined],
  ['2026-01-02T24:00:00Z', undefined],
  ['2026-01-02', undefined],
  ['yesterday', undefined],
])('a time: %s is written as %s', (created, expected) => {
  if (expected === undefined) {
    expect(() => config({ created })).toThrow(expect.objectContaining({ code: 'OCI_CONFIG_INVALID' }));
  } else expect(config({ created })).toContain(`"created":"${expected}"`);
});

test.each<[unknown, string]>([
  [[], 'it is not an object'],
  [{ author: 1 }, 'author is not a text'],
  [{ config: { Env: 'A=1' } }, 'config.Env is not a list'],
  [{ config: { Env: [1] } }, 'config.Env is not a text'],
  [{ config: { Labels: { a: 1 } } }, 'config.Labels is not a text'],
  [{ config: { Volumes: [] } }, 'config.Volumes is not an object'],
  [{ config: { Tty: 'yes' } }, 'config.Tty is not true or false'],
  [{ config: { Healthcheck: { Retries: 1.5 } } }, 'config.Healthcheck.Retries is not a whole number'],
  [{ history: [[]] }, 'history is not an object'],
  [{ rootfs: { diff_ids: Array.from({ length: 10_001 }, () => digest) } }, 'rootfs.diff_ids has more than 10000 items'],
])('a configuration that is none: %#', (value, reason) => {
  expect(() => config(value)).toThrow(
    expect.objectContaining({ code: 'OCI_CONFIG_INVALID', data: { digest, reason } }),
  );
});

const descriptor = { mediaType: 'm', digest, size: 1 };

test('a manifest loses its subject and unknown members, and keeps the rest in the order of Go', () => {
  const value = {
    annotations: { b: '2', a: '1' },
    artifactType: 'x',
    layers: [{ urls: ['u'], ...descriptor, platform: { os: 'linux', architecture: 'amd64', 'os.version': '1' } }],
    config: { data: 'e30=', ...descriptor, artifactType: 'y' },
    subject: descriptor,
    other: 1,
    schemaVersion: 2,
  };
  const text = writeManifestDocument(readManifestDocument(bytes(value), digest)).toString();
  expect(text).toBe(
    `{"schemaVersion":2,"config":{"mediaType":"m","size":1,"digest":"${digest}","data":"e30=","artifactType":"y"},` +
      `"layers":[{"mediaType":"m","size":1,"digest":"${digest}","urls":["u"],"platform":{"architecture":"amd64","os":"linux","os.version":"1"}}],` +
      '"annotations":{"a":"1","b":"2"},"artifactType":"x"}',
  );
});

test('an index, too', () => {
  const value = { manifests: [descriptor], mediaType: 'i', schemaVersion: 2, subject: descriptor };
  const text = writeIndexDocument(readIndexDocument(bytes(value), digest)).toString();
  expect(text).toBe(
    `{"schemaVersion":2,"mediaType":"i","manifests":[{"mediaType":"m","size":1,"digest":"${digest}"}]}`,
  );
});

test.each([
  [{ layers: [] }],
  [{ config: descriptor, layers: [{ ...descriptor, digest: 'sha256:x' }] }],
  [{ config: { ...descriptor, size: -1 } }],
  [{ config: { mediaType: 'm', digest } }],
])('a manifest that is none: %j', (value) => {
  const read = (): unknown => readManifestDocument(bytes(value), digest);
  expect(read).toThrow(expect.objectContaining({ code: 'OCI_MANIFEST_INVALID' }));
});

test('whatever a configuration holds, it is refused by a code, or reads back as it was written', () => {
  const names = fc.constantFrom(
    'author',
    'created',
    'os',
    'history',
    'rootfs',
    'config',
    'Labels',
    'Env',
    'Volumes',
    '__proto__',
  );
  const value = fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue())));
  fc.assert(
    fc.property(value, (document) => {
      try {
        const once = config(document);
        expect(config(JSON.parse(once))).toBe(once);
      } catch (error) {
        expect(isAppError(error, 'OCI_CONFIG_INVALID'), String(error)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
