import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, silentProgress, temporaryDirectory } from '../../testkit/context.ts';
import { startGitServer } from '../../testkit/git-server.ts';
import { makeFetch } from '../net/index.ts';
import type { PinReport } from './outcome.ts';
import { pinFiles } from './pin.ts';
import { fileKinds } from './registry.ts';

const id = (digit: string): string => digit.repeat(40);
const refs = { 'refs/heads/main': id('1'), 'refs/tags/v1': id('2'), 'refs/tags/v2': id('3') };

async function pinWorkflow(lines: readonly string[], gitUrl: string, update = false): Promise<[string, PinReport]> {
  const root = temporaryDirectory();
  const path = join(root, 'action.yaml');
  writeFileSync(path, `runs:\n  steps:\n${lines.map((line) => `    - uses: ${line}\n`).join('')}`);
  const report = await pinFiles(
    ['action.yaml'],
    {
      workingDirectory: root,
      kinds: fileKinds.all,
      chosen: false,
      skipFiles: [],
      skipDirs: [],
      paths: {},
      mode: 'write',
      update,
      wait: 0,
      gitUrl,
    },
    {
      clock: fixedClock('2026-11-24T00:00:00Z'),
      progress: silentProgress,
      registry: () => Promise.reject(new RangeError('asked')),
      fetch: async () => makeFetch(),
    },
  );
  return [readFileSync(path, 'utf8').replace(/^.*\n.*\n/, ''), report];
}

test('actions become commits, their tags comments; a repository is asked once', async () => {
  const { url, seen } = await startGitServer({ 'o/r': { refs } });
  const [text, report] = await pinWorkflow(['o/r@v1', 'o/r/sub@v2 # two', 'o/r@main', 'o/r@none'], url);
  expect(text).toBe(
    [`o/r@${id('2')} # v1`, `o/r/sub@${id('3')} # v2 # two`, `o/r@${id('1')} # main`, 'o/r@none']
      .map((line) => `    - uses: ${line}\n`)
      .join(''),
  );
  expect(report.references.map(({ state }) => state)).toEqual(['unpinned', 'unpinned', 'unpinned', 'failed']);
  expect(report.references[3]).toMatchObject({
    code: 'PIN_REVISION_NOT_FOUND',
    reason: 'There is no tag or branch none in o/r',
  });
  expect(seen).toEqual(['GET /o/r.git/info/refs', 'POST /o/r.git/git-upload-pack']);
});

test('commits move with the tag of their comment; a comment that names none changes nothing', async () => {
  const { url } = await startGitServer({ 'o/r': { refs } });
  const lines = [`o/r@${id('7')} # v1`, `o/r@${id('2')} # v1`, `o/r@${id('7')} # gone`, `o/r@${id('7')}`];
  const [text, report] = await pinWorkflow(lines, url, true);
  expect(text).toContain(
    `    - uses: o/r@${id('2')} # v1\n    - uses: o/r@${id('2')} # v1\n    - uses: o/r@${id('7')} # gone\n`,
  );
  expect(report.references.map(({ state }) => state)).toEqual(['outdated', 'pinned', 'kept', 'pinned']);
});

test('a server that fails fails the actions, not the run', async () => {
  const { url } = await startGitServer({});
  const [, { references }] = await pinWorkflow(['o/r@v1'], url);
  expect(references).toMatchObject([{ state: 'failed', reason: expect.stringContaining('status 404') }]);
});
