import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startGitServer } from '../../testkit/git-server.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { sampleImage } from '../../testkit/sample.ts';
import { makeContext } from './context.ts';
import { pinReferences } from './pin-references.ts';

test('a directory is pinned with nothing but its path', async () => {
  const registry = await startRegistry();
  await registry.put('app', '1', sampleImage());
  const workingDirectory = temporaryDirectory();
  writeFileSync(join(workingDirectory, 'Dockerfile'), `FROM ${registry.host}/app:1\n`);
  const context = makeContext({ cacheDir: temporaryDirectory() });
  const { changed } = await pinReferences({ paths: ['.'], workingDirectory }, context);
  expect(changed).toEqual([{ path: 'Dockerfile' }]);
  const text = readFileSync(join(workingDirectory, 'Dockerfile'), 'utf8');
  expect(text).toBe(`FROM ${registry.host}/app:1@${sampleImage().manifest.digest}\n`);
});

test('kinds, custom resources and a server for actions are the choice of the caller', async () => {
  const git = await startGitServer({ 'o/r': { refs: { 'refs/tags/v1': 'c'.repeat(40) } } }, { token: 'hunter2' });
  const workingDirectory = temporaryDirectory();
  writeFileSync(join(workingDirectory, 'action.yaml'), 'runs:\n  steps:\n    - uses: o/r@v1\n');
  writeFileSync(join(workingDirectory, 'Dockerfile'), 'FROM a\n');
  writeFileSync(join(workingDirectory, 'app.yaml'), 'apiVersion: x/v1\nkind: App\nspec: {image: a}\n');
  const context = makeContext({ cacheDir: temporaryDirectory() });
  const input = { paths: ['.'], workingDirectory, gitUrl: git.url, gitToken: 'hunter2' };
  const pinned = await pinReferences({ ...input, kinds: ['github-workflow'] }, context);
  expect(pinned.references).toMatchObject([{ state: 'unpinned', pin: 'c'.repeat(40) }]);
  const resourcePaths = { App: ['spec.image'] };
  const checked = await pinReferences({ ...input, mode: 'check', kinds: ['kubernetes'], resourcePaths }, context);
  expect(checked.references).toMatchObject([{ path: 'app.yaml', state: 'unpinned' }]);
});
