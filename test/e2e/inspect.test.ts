import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { sampleImage, writeSampleLayout } from '../../testkit/sample.ts';
import { runCli } from './cli.ts';

const digest = sampleImage().manifest.digest;

test("docker's way to ask for a digest, through a mirror", async () => {
  const registry = await startRegistry();
  await registry.put('org/task-api', 'v1.0.0', sampleImage());
  const config = join(temporaryDirectory(), 'plimsoll.yaml');
  writeFileSync(config, `registry:\n  mirrors:\n    ghcr.io: ["${registry.host}"]\n`);
  const name = 'ghcr.io/org/task-api';
  const format = '--format={{index .RepoDigests 0}}';
  const { code, stdout, stderr } = await runCli(['inspect', '--config', config, format, `${name}:v1.0.0`]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${name}@${digest}\n`, stderr: '' });
});

test('several images; what was found is printed, and what was not ends in an error', async () => {
  const directory = temporaryDirectory();
  writeSampleLayout(join(directory, 'layout'));
  const { code, stdout, stderr } = await runCli(['inspect', './layout', './missing', './layout'], { cwd: directory });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([{ Id: sampleImage().config.digest }, { Id: sampleImage().config.digest }]);
  expect(stdout.startsWith('[\n    {\n        "Id": ')).toBe(true);
  expect(stderr).toContain('[DISK_NOT_FOUND]');
  const inline = await runCli(['inspect', '-f', 'json', './layout'], { cwd: directory });
  expect(inline.stdout).toBe(`${JSON.stringify([JSON.parse(stdout)[0]])}\n`);
});

test('a template that is wrong is told before anything is asked', async () => {
  const { code, stdout, stderr } = await runCli(['inspect', '--format', '{{.Id', './missing']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('[CODEC_TEMPLATE_INVALID]');
});
