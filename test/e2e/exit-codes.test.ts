import { expect, test } from 'vitest';
import { makeWorkplace, runCli } from './cli.ts';

const vulnerable = { version: '1.2.3-r0' };
const fixed = { version: '1.2.4-r0' };
/** The database has nothing for it. */
const unknownRelease = { release: '3.99' };

test.each([
  ['findings without a gate', vulnerable, [], 0],
  ['findings under a gate', vulnerable, ['--exit-code', '7'], 7],
  ['no findings under a gate', fixed, ['--exit-code', '7'], 0],
  ['findings of other severities', vulnerable, ['--exit-code', '7', '--severity', 'LOW'], 0],
  ['incomplete without a gate', unknownRelease, [], 0],
  ['incomplete under a gate', unknownRelease, ['--exit-code', '7'], 3],
  ['incomplete that is allowed', unknownRelease, ['--exit-code', '7', '--allow-incomplete'], 0],
  ['a scanner that is not there', fixed, ['--exit-code', '7', '--scanners', 'vuln,secret'], 3],
  ['findings count before incomplete', vulnerable, ['--exit-code', '7', '--scanners', 'vuln,secret'], 7],
  ['data older than wanted', fixed, ['--exit-code', '7', '--db-max-age', '1h'], 3],
  ['data young enough', fixed, ['--exit-code', '7', '--db-max-age', '36500d'], 0],
])('%s', async (_, image, args, code) => {
  const { cwd, scan } = makeWorkplace(image);
  expect((await runCli([...scan, ...args], { cwd })).code).toBe(code);
});

test('an end of life that is gated counts before findings', async () => {
  const { cwd, scan } = makeWorkplace(vulnerable);
  const args = [...scan, '--exit-code', '7', '--exit-on-eol', '9'];
  expect((await runCli(args, { cwd })).code).toBe(7);
  expect((await runCli(args, { cwd, environment: { SOURCE_DATE_EPOCH: '4000000000' } })).code).toBe(9);
});

test.each([
  ['called by that name', { name: 'trivy' }, []],
  ['as a word', {}, ['trivy']],
])(
  'under the name trivy an incomplete gate fails as an error, and the report is as Trivy writes it: %s',
  async (_, options, words) => {
    const { cwd, scan } = makeWorkplace(unknownRelease);
    const result = await runCli([...words, ...scan, '--exit-code', '7', '--format', 'json'], { cwd, ...options });
    expect(result.code).toBe(1);
    expect(Object.keys(JSON.parse(result.stdout))).not.toContain('Plimsoll');
  },
);

test.each([
  [['image', '--input', 'nowhere', '--skip-db-update'], 'DISK_NOT_FOUND'],
  [['image'], 'CLI_TARGET_MISSING'],
  [['imagee', 'x'], 'CLI_COMMAND_UNKNOWN'],
  [['trivy', 'module', 'x'], 'CLI_COMMAND_UNSUPPORTED'],
  [['image', '--severty', 'HIGH', 'x'], 'CLI_OPTION_UNKNOWN'],
  [['image', '--vex', 'x', 'y'], 'CONFIG_OPTION_UNSUPPORTED'],
  [['image', '--clear-cache'], 'CONFIG_OPTION_REMOVED'],
  [['image', '--severity', 'HUGE', 'x'], 'CONFIG_VALUE_INVALID'],
  [['image', 'a', 'b'], 'CLI_USAGE'],
  [['db', 'update', 'mongo'], 'CLI_DATABASE_UNKNOWN'],
  [['image', '--username', 'me', 'localhost:1/x'], 'CONFIG_CREDENTIALS_UNPAIRED'],
  [['image', '--username', 'me', '--password-stdin', 'localhost:1/x'], 'CLI_PASSWORD_MISSING'],
])('%j: code 1 and %s on the standard error, nothing else', async (args, code) => {
  const result = await runCli(args);
  expect(result).toMatchObject({ code: 1, signal: null, stdout: '' });
  expect(result.stderr).toContain(`[${code}]`);
  expect(result.stderr).not.toMatch(/^\s+at /m);
});

test('--debug shows the stack of an error', async () => {
  expect((await runCli(['image', '--input', 'nowhere', '--skip-db-update', '--debug'])).stderr).toMatch(/^\s+at /m);
});
