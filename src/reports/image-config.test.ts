import { expect, test } from 'vitest';
import { toImageConfigJson } from './image-config.ts';

const nothing = {
  architecture: '',
  created: '0001-01-01T00:00:00Z',
  os: '',
  rootfs: { type: '', diff_ids: [] },
  config: {},
};

test('known fields in their order, the rest left out', () => {
  const config = {
    'os.features': ['win32k'],
    variant: 'v8',
    'os.version': '10.0',
    config: {
      Shell: ['/bin/sh'],
      StopSignal: 'SIGTERM',
      MacAddress: '02:42',
      NetworkDisabled: true,
      ArgsEscaped: true,
      ExposedPorts: { '80/tcp': {}, '443/tcp': { x: 1 } },
      WorkingDir: '/app',
      Volumes: { '/data': {} },
      User: '65532',
      Tty: true,
      StdinOnce: true,
      OpenStdin: true,
      OnBuild: ['RUN true'],
      Labels: { b: '2', a: '1', n: 3 },
      Image: 'base',
      Hostname: 'host',
      Env: ['A=1'],
      Entrypoint: ['/bin/app'],
      Domainname: 'local',
      Healthcheck: { Retries: 3, StartPeriod: 4, Timeout: 2, Interval: 1, Test: ['CMD', 'true'], StartInterval: 5 },
      Cmd: ['run'],
      AttachStdout: true,
      AttachStdin: true,
      AttachStderr: true,
      Unknown: true,
    },
    rootfs: { diff_ids: ['sha256:00'], type: 'layers' },
    os: 'linux',
    history: [
      { empty_layer: true, comment: 'c', created_by: 'b', created: '2030-01-02T03:04:05.120Z', author: 'a', more: 1 },
      { empty_layer: false },
      'not an entry',
    ],
    docker_version: '24',
    created: '2030-01-02T03:04:05.000000000+02:00',
    container: 'abc',
    author: 'Ann',
    architecture: 'arm64',
    'io.example.extra': true,
  };
  expect(JSON.stringify(toImageConfigJson(config), undefined, 1)).toBe(
    JSON.stringify(
      {
        architecture: 'arm64',
        author: 'Ann',
        container: 'abc',
        created: '2030-01-02T03:04:05+02:00',
        docker_version: '24',
        history: [
          { author: 'a', created: '2030-01-02T03:04:05.12Z', created_by: 'b', comment: 'c', empty_layer: true },
          { created: '0001-01-01T00:00:00Z' },
        ],
        os: 'linux',
        rootfs: { type: 'layers', diff_ids: ['sha256:00'] },
        config: {
          AttachStderr: true,
          AttachStdin: true,
          AttachStdout: true,
          Cmd: ['run'],
          Healthcheck: { Test: ['CMD', 'true'], Interval: 1, Timeout: 2, StartPeriod: 4, Retries: 3 },
          Domainname: 'local',
          Entrypoint: ['/bin/app'],
          Env: ['A=1'],
          Hostname: 'host',
          Image: 'base',
          Labels: { a: '1', b: '2' },
          OnBuild: ['RUN true'],
          OpenStdin: true,
          StdinOnce: true,
          Tty: true,
          User: '65532',
          Volumes: { '/data': {} },
          WorkingDir: '/app',
          ExposedPorts: { '443/tcp': {}, '80/tcp': {} },
          ArgsEscaped: true,
          NetworkDisabled: true,
          MacAddress: '02:42',
          StopSignal: 'SIGTERM',
          Shell: ['/bin/sh'],
        },
        'os.version': '10.0',
        variant: 'v8',
        'os.features': ['win32k'],
      },
      undefined,
      1,
    ),
  );
});

test.each([
  ['nothing', {}],
  ['nulls', { config: null, rootfs: null, history: null, created: null, architecture: null, os: null }],
  ['values of other types', { config: [], rootfs: 'x', history: {}, created: 5, architecture: {}, os: 1, variant: [] }],
  ['a moment that is none', { created: 'yesterday' }],
])('%s gives the fields that are always there', (_, config) => {
  expect(toImageConfigJson(config)).toEqual(nothing);
});

test.each([null, [], 'x', { Labels: [], Volumes: null, Cmd: 'x', Tty: 'yes', Healthcheck: 3, Env: [1, {}, null] }])(
  'an execution part %j is empty',
  (config) => {
    expect(toImageConfigJson({ config })).toEqual(nothing);
  },
);
