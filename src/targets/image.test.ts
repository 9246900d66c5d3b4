import { expect, test } from 'vitest';
import { fixedClock, recordLog, recordSleep, temporaryDirectory } from '../../testkit/context.ts';
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
    'TARGETS_SOURCE_UNSUPPORTED TARGETS_SOURCE_UNSUPPORTED TARGETS_SOURCE_UNSUPPORTED OCI_REMOTE_NOT_FOUND',
  );
});

test('a name that is none, and no source at all', async () => {
  const open = (reference: string, sources: typeof imageSources | readonly []) =>
    openImage({ kind: 'reference', reference, sources }, offline);
  await expect(open('UPPER CASE', imageSources)).rejects.toThrowCode('CORE_REFERENCE_INVALID');
  await expect(open('app', [])).rejects.toThrowCode('TARGETS_IMAGE_UNAVAILABLE');
});
