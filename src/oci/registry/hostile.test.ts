import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildImage } from '../../../testkit/image.ts';
import { calling, pushTestImage } from '../../../testkit/registry-call.ts';
import { makeRegistry, memoryStorage } from './server.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const words = [
  ['v2', '_catalog', 'a', 'blobs', 'uploads', 'manifests', 'referrers', 'tags', 'list', '1'],
  ['', '..', '%2e%2e', '_tags', '%00', '%', 'é', 'x'.repeat(300), image.manifest.digest, 'sha256:', 'sha512:0'],
].flat();
const path = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => `/${parts.join('/')}`);
const likely = fc
  .tuple(
    fc.constantFrom('a', 'b/c', 'UPPER', '..'),
    fc.constantFrom('blobs', 'manifests', 'referrers', 'blobs/uploads', 'tags'),
    fc.constantFrom(...words, 'list', ''),
  )
  .map(([repository, kind, rest]) => `/v2/${repository}/${kind}/${rest}`);
const value = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('bytes=0-1', '0-1', '*', image.manifest.digest, image.manifest.mediaType, '-1', '9'.repeat(20)),
);
const query = fc.dictionary(
  fc.constantFrom('digest', 'mount', 'from', 'n', 'last', 'tag', 'artifactType', 'digest-algorithm'),
  value,
);
const headers = fc.dictionary(
  fc.constantFrom('range', 'content-range', 'content-length', 'content-type', 'if-match', 'if-none-match', 'if-range'),
  value,
);
const body = fc.oneof(fc.json(), fc.string(), fc.constant(image.manifest.bytes.toString()));
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'BREW');

test('whatever is asked is answered, refusals in the form of the specification, and nothing else is lost', async () => {
  const call = calling(makeRegistry(memoryStorage(), { maxUploads: 100 }).handle);
  await pushTestImage(call, image, 'kept', '1');
  const request = fc.tuple(method, fc.oneof(path, likely), query, headers, body);
  await fc.assert(
    fc.asyncProperty(request, async ([verb, target, parameters, fields, content]) => {
      const asked = `${verb} ${target}?${new URLSearchParams(parameters)}`;
      const { status, headers: answered, text } = await call(asked, content, fields);
      expect([asked, status]).toEqual([asked, expect.toSatisfy((code: number) => code >= 200 && code < 500)]);
      for (const field of Object.values(answered)) expect(field).toMatch(/^[\x20-\x7e]*$/);
      if (status < 400) return;
      const { errors } = JSON.parse(text);
      expect(errors).toEqual([{ code: expect.stringMatching(/^[A-Z_]+$/), message: expect.any(String) }]);
      expect(answered['content-type']).toBe('application/json');
    }),
    { numRuns: 2000 },
  );
  expect((await call('GET /v2/kept/manifests/1')).text).toBe(image.manifest.bytes.toString());
});
