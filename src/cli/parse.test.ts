import { expect, test } from 'vitest';
import type { BooleanOption } from '../core/index.ts';
import type { CommandDescriptor } from './command.ts';
import type { Dialect } from './dialect.ts';
import { type Parsed, parseArguments } from './parse.ts';

const plimsoll: Dialect = { id: 'plimsoll', command: 'plimsoll' };
const trivy: Dialect = { id: 'trivy', command: 'trivy' };

function parse(args: readonly string[], dialect: Dialect = plimsoll): Promise<Parsed> {
  return parseArguments(args, { dialect, columns: 100, version: '1.2.3' });
}

/** What was understood, shortly. */
async function read(...args: readonly string[]): Promise<unknown[]> {
  const parsed = await parse(args);
  if (parsed.kind === 'text') return [parsed.text];
  const flags = parsed.flags.map(({ flag, value }) => (value === undefined ? flag : `${flag}=${value}`));
  return [parsed.descriptor.id, ...parsed.operands, ...flags];
}

test.each([
  [
    ['image', 'app:1'],
    ['image', 'app:1'],
  ],
  [
    ['i', 'app:1'],
    ['image', 'app:1'],
  ],
  [
    ['filesystem', '.'],
    ['fs', '.'],
  ],
  [
    ['image', '--severity', 'HIGH', '--severity=LOW', 'app'],
    ['image', 'app', 'severity=HIGH', 'severity=LOW'],
  ],
  [
    ['image', 'app', '-s', 'HIGH', '-fjson'],
    ['image', 'app', 'severity=HIGH', 'format=json'],
  ],
  [
    ['image', '-qdf', 'json', 'app'],
    ['image', 'app', 'quiet', 'debug', 'format=json'],
  ],
  [
    ['--quiet', '--cache-dir', 'image', 'image', 'app'],
    ['image', 'app', 'quiet', 'cache-dir=image'],
  ],
  [
    ['image', '--cache-dir', '/c', '--debug', 'app'],
    ['image', 'app', 'cache-dir=/c', 'debug'],
  ],
  [
    ['image', '--list-all-pkgs=false', 'app'],
    ['image', 'app', 'list-all-pkgs=false'],
  ],
  [
    ['image', '--no-progress', '--quiet=true', 'app'],
    ['image', 'app', 'quiet=true', 'no-progress'],
  ],
  [
    ['image', '--no-cache', '--vuln-type', 'os', '--slow', 'app'],
    ['image', 'app', 'no-cache', 'vuln-type=os', 'slow'],
  ],
  [
    ['image', '--password', '-q', 'app'],
    ['image', 'app', 'password=-q'],
  ],
  [
    ['image', '--', '--quiet=true'],
    ['image', '--quiet=true'],
  ],
  [['image'], ['image']],
  [
    ['db', 'update', 'java'],
    ['db-update', 'java'],
  ],
  [
    ['db', '--debug', 'status'],
    ['db-status', 'debug'],
  ],
  [
    ['version', '-f', 'json'],
    ['version', 'format=json'],
  ],
  [['-v'], ['Version: 1.2.3\n']],
])('%j', async (args, expected) => {
  expect(await read(...args)).toEqual(expected);
});

test.each([
  [['imagee', 'x'], 'CLI_COMMAND_UNKNOWN', 'Did you mean `plimsoll image`?'],
  [['app:1'], 'CLI_COMMAND_UNKNOWN', 'Did you mean `plimsoll image app:1`?'],
  [['xyzzy'], 'CLI_COMMAND_UNKNOWN', 'Run `plimsoll --help` for the commands.'],
  [
    ['fleet', 'x'],
    'CLI_COMMAND_UNSUPPORTED',
    'docs/commands.md lists the commands there are and those that are planned.',
  ],
  [['image', '--severty', 'x'], 'CLI_OPTION_UNKNOWN', 'Did you mean --severity?'],
  [['image', '--xyzzyxyzzy'], 'CLI_OPTION_UNKNOWN', 'Run `plimsoll image --help` for the options.'],
  [['--severity', 'HIGH', 'image', 'x'], 'CLI_OPTION_UNKNOWN', 'Write --severity after the command.'],
  [
    ['image', '--vex', 'x'],
    'CONFIG_OPTION_UNSUPPORTED',
    'Leave it out. docs/configuration.md lists the options there are.',
  ],
  [['image', '--reset'], 'CONFIG_OPTION_REMOVED', 'Delete the cache directory, or run `plimsoll db update`.'],
  [['image', 'a', 'b'], 'CLI_USAGE', 'Run `plimsoll image --help` to see how it is used.'],
  [['image', '--severity'], 'CLI_USAGE', 'Run `plimsoll image --help` to see how it is used.'],
  [['db'], 'CLI_USAGE', 'Run `plimsoll db --help` to see how it is used.'],
])('%j: %s', async (args, code, hint) => {
  await expect(parse(args)).rejects.toThrowCode(code);
  await expect(parse(args)).rejects.toMatchObject({ hint });
});

test('under the name trivy there are its words only', async () => {
  await expect(parse(['db', 'update'], trivy)).rejects.toThrowCode('CLI_COMMAND_UNKNOWN');
  await expect(parse(['k8s'], trivy)).rejects.toThrowCode('CLI_COMMAND_UNSUPPORTED');
  expect(await parse(['image', 'x'], trivy)).toMatchObject({ operands: ['x'] });
});

test('help lists commands, and of a command its options by group with examples', async () => {
  expect((await read())[0]).toContain('Scan a container image');
  const [help] = (await read('image', '--help')) as [string];
  expect(help).toContain('Findings and gate:\n  -s, --severity <LIST>');
  expect(help).toContain('  plimsoll image --input app.tar\n');
  expect(help).not.toContain('--vuln-type');
  expect(await read('help', 'image')).toEqual([help]);
});

const verbose: BooleanOption = {
  kind: 'boolean',
  flag: 'verbose',
  short: 'q',
  key: 'verbose',
  description: 'Say more',
  trust: 'any',
  local: true,
};

/** Commands as other programs have them: one word below another, several operands, a letter of their own. */
const bundle: CommandDescriptor = {
  id: 'bundle',
  words: { cosign: ['bundle'] },
  summary: 'Look at bundles',
  operands: [
    { name: 'FROM', description: 'The first', required: true },
    { name: 'FILE', description: 'The others', required: true, repeats: true },
  ],
  examples: [{ line: 'bundle a b', does: 'Look at two' }],
  load: async () => ({ options: [{ id: 'own', title: 'Own', options: [verbose] }], run: async () => 0 }),
};
const bundleCreate: CommandDescriptor = {
  id: 'bundle-create',
  words: { cosign: ['bundle create', 'bundle make'] },
  summary: 'Make a bundle',
  examples: [],
  load: async () => ({ options: [], run: async () => 0 }),
};

function parseOther(args: readonly string[]): Promise<Parsed> {
  const dialect: Dialect = { id: 'cosign', command: 'cosign' };
  return parseArguments(args, { dialect, columns: 100, version: '1.2.3', commands: [bundle, bundleCreate] });
}

test('a command may take several operands, have others below it, and its own letters', async () => {
  const parsed = await parseOther(['bundle', 'a', '-q', 'b', 'c', '--quiet']);
  expect(parsed).toMatchObject({ descriptor: bundle, operands: ['a', 'b', 'c'] });
  expect(parsed).toMatchObject({ flags: [{ flag: 'verbose' }, { flag: 'quiet' }] });
  expect(await parseOther(['bundle', 'create'])).toMatchObject({ descriptor: bundleCreate, operands: [] });
  expect(await parseOther(['bundle', 'make'])).toMatchObject({ descriptor: bundleCreate });
});

test('an operand that a command cannot do without is asked for', async () => {
  await expect(parseOther(['bundle', 'a'])).rejects.toThrowCode('CLI_OPERAND_MISSING');
  await expect(parseOther(['bundle'])).rejects.toMatchObject({ hint: 'For example: `cosign bundle a b`' });
});
