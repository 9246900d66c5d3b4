import { expect, test } from 'vitest';
import { makeHost } from '../../testkit/host.ts';
import { runProgram } from './run.ts';
import { programVersion } from './version.ts';

test('cosign version tells the version in the lines and keys of cosign', async () => {
  const run = async (...words: string[]) => {
    const host = makeHost(['cosign', 'version', ...words]);
    return { code: await runProgram(host), stdout: host.stdout.text() };
  };
  const text = await run();
  expect(text).toMatchObject({ code: 0 });
  expect(text.stdout).toContain(`\nGitVersion:    v${programVersion}\n`);
  const json = await run('--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ gitVersion: `v${programVersion}` });
});
