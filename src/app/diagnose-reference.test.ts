import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { sampleImage } from '../../testkit/sample.ts';
import { makeContext } from './context.ts';
import { diagnoseReference } from './diagnose-reference.ts';

const context = makeContext({ cacheDir: '/nowhere' });
const auth = { kind: 'basic', username: 'me', password: 'hunter2' } as const;
const credential = { kind: 'basic', username: 'me', password: 'hunter2' } as const;

test('without anything a registry is asked without a login', async () => {
  const registry = await startRegistry();
  await registry.put('app', '1', sampleImage());
  const { digest, places } = await diagnoseReference({ reference: `${registry.host}/app:1`, access: {} }, context);
  expect(digest).toBe(sampleImage().manifest.digest);
  expect(places).toMatchObject([{ lookups: [] }]);
});

test('a login that is given comes before those that are stored; one for another registry is not used', async () => {
  const registry = await startRegistry({ auth });
  await registry.put('app', '1', sampleImage());
  const directory = temporaryDirectory();
  const path = join(directory, 'config.json');
  writeFileSync(path, '{"auths": {');
  const environment = { DOCKER_CONFIG: directory };
  const reference = `${registry.host}/app:1`;
  const given = await diagnoseReference(
    { reference, access: { environment, logins: [{ registry: registry.host, credential }] } },
    context,
  );
  expect(given.digest).toBeDefined();
  expect(given.places[0]?.lookups).toEqual([
    { path: 'options', outcome: 'found', kind: 'basic' },
    { path, outcome: 'unasked' },
  ]);
  const other = await diagnoseReference(
    { reference, access: { environment, logins: [{ registry: 'other.test', credential }] } },
    context,
  );
  expect(other.digest).toBeUndefined();
  expect(other.places[0]?.lookups).toMatchObject([{ path, outcome: 'failed' }]);
  expect(other.advice).toHaveLength(2);
});

test('what is no reference is refused', async () => {
  const asked = diagnoseReference({ reference: 'A B', access: {} }, context);
  await expect(asked).rejects.toMatchObject({ code: 'CORE_REFERENCE_INVALID' });
});
