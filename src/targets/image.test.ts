import { expect, test } from 'vitest';
import { fixedClock, recordLog, recordSleep, temporaryDirectory } from '../../testkit/context.ts';
import { startDaemon } from '../../testkit/daemon.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import type { AppError } from '../core/index.ts';
import { makeFetch } from '../net/index.ts';
import { loadRemote } from '../oci/index.ts';
import { imageSources, type OpenImageContext, openImage } from './index.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });

const context: OpenImageContext = {
  registry: async () => {
    const { makeRegistryClient } = await loadRemote();
    const clock = fixedClock('2026-11-24T00:00:00Z');
    return makeRegistryClient({ fetch: makeFetch(), clock, log: recordLog(), sleep: recordSleep().sleep });
  },
};

const offline: OpenImageContext = {
  registry: async () => {
    throw new RangeError('no registry is to be asked');
  },
};

test('a path needs no registry', async () => {
  const path = temporaryDirectory();
  writeTree(path, layoutFiles([{ blob: image.manifest }], blobsOf(image)));
  expect((await openImage({ kind: 'archive', path }, offline)).id).toBe(image.config.digest);
});

test('a reference is looked for in each source in order', async () => {
  const registry = await startRegistry();
  await registry.put('app', '1', image);
  const reference = `${registry.host}/app:1`;
  const opened = await openImage({ kind: 'reference', reference, sources: imageSources }, context);
  expect(opened).toMatchObject({ id: image.config.digest, name: reference });
});

test('when no source has it, all reasons are told', async () => {
  const registry = await startRegistry();
  const target = { kind: 'reference' as const, reference: `${registry.host}/none:1`, sources: imageSources };
  const error = (await openImage(target, context).catch((thrown: unknown) => thrown)) as AppError;
  expect(error.code).toBe('TARGETS_IMAGE_UNAVAILABLE');
  expect(error.message).toMatch(/docker: .*containerd: .*podman: .*remote: .* has no manifest 1 in none/);
  expect(error.data['codes']).toBe(
    'TARGETS_SOURCE_UNASKED TARGETS_SOURCE_UNASKED TARGETS_SOURCE_UNASKED OCI_REMOTE_NOT_FOUND',
  );
  const environment = { DOCKER_HOST: 'unix:///nowhere', CONTAINER_HOST: 'unix:///nowhere' };
  const asked = (await openImage(target, { ...context, daemons: { environment } }).catch(
    (thrown: unknown) => thrown,
  )) as AppError;
  expect(asked.message).toMatch(/docker: no daemon .*containerd: .*podman: no daemon .*remote: /);
});

test('a daemon that has the image is asked before the registry', async () => {
  const docker = await startDaemon([]);
  const podman = await startDaemon([{ image, repoTags: ['r.test/app:1'] }]);
  const environment = { DOCKER_HOST: docker.endpoint, CONTAINER_HOST: podman.endpoint };
  const target = { kind: 'reference' as const, reference: 'r.test/app:1', sources: imageSources };
  const opened = await openImage(target, { ...offline, daemons: { environment } });
  expect(opened).toMatchObject({ id: image.config.digest, reference: 'r.test/app:1' });
  await opened.close();
  expect(docker.seen).toEqual(['GET /images/r.test/app:1/json']);
});

test('a name that is none, and no source at all', async () => {
  const open = (reference: string, sources: typeof imageSources | readonly []) =>
    openImage({ kind: 'reference', reference, sources }, offline);
  await expect(open('UPPER CASE', imageSources)).rejects.toThrowCode('CORE_REFERENCE_INVALID');
  await expect(open('app', [])).rejects.toThrowCode('TARGETS_IMAGE_UNAVAILABLE');
});
