import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialectIds } from '../../src/cli/dialect.ts';
import { plannedCommands } from '../../src/cli/planned.ts';
import { commandFamilies, commands } from '../../src/cli/registry.ts';
import { allOptions } from '../../src/config/registry.ts';

const root = join(import.meta.dirname, '../..');
const words = readWords(readFileSync(join(root, 'docs/commands.md'), 'utf8'));

/** The table "Words": word → meaning by the name of the program. */
function readWords(page: string): Map<string, Record<string, string>> {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| --'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const at = rows.findIndex(([first]) => first === 'word');
  const names = rows[at]?.slice(1) ?? [];
  return new Map(
    rows
      .slice(at + 1)
      .map(([word = '', ...cells]) => [
        word.replaceAll('`', ''),
        Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])),
      ]),
  );
}

const registered = commands.all.flatMap(({ words: called, summary }) =>
  dialectIds.flatMap((dialect) => (called[dialect] ?? []).map((word) => ({ word, dialect, summary }))),
);

test.each(registered)('$dialect $word means what docs/commands.md says', ({ word, dialect, summary }) => {
  expect(words.get(word)?.[dialect]).toBe(summary);
});

test.each(dialectIds)(
  'under the name %s, a meaning without a remark is a command, one with it is planned',
  (dialect) => {
    const cells = [...words].map(([word, meanings]) => [word, meanings[dialect] ?? ''] as const);
    const promised = cells.filter(([, meaning]) => meaning !== '–' && !meaning.includes('(planned'));
    const planned = cells.filter(([, meaning]) => meaning.includes('(planned'));
    const there = registered.filter((one) => one.dialect === dialect).map(({ word }) => word);
    expect(promised.map(([word]) => word).sort()).toEqual(there.sort());
    expect(planned.map(([word]) => word).sort()).toEqual([...plannedCommands[dialect]].sort());
  },
);

test('the words on which programs disagree have a meaning under each name that has them', () => {
  for (const word of [
    'clean',
    'config',
    'copy',
    'manifest',
    'version',
    'registry',
    'login',
    'export',
    'validate',
    'save',
    'load',
    'tree',
    'server',
  ]) {
    expect(Object.keys(words.get(word) ?? {})).toEqual(['plimsoll', 'trivy', 'cosign', 'crane']);
  }
});

test('every folder of commands is registered, and every family has a title', () => {
  const folders = readdirSync(join(root, 'src/cli/commands'));
  expect(commands.all.map(({ id }) => id).sort()).toEqual(folders.sort());
  for (const dialect of dialectIds) {
    const there = registered.filter((one) => one.dialect === dialect).map(({ word }) => word);
    const gathered = there.filter((word) => word.includes(' ')).map((word) => word.split(' ')[0] ?? '');
    expect(gathered.filter((family) => !there.includes(family) && !(family in commandFamilies))).toEqual([]);
  }
});

test('no two commands share a word under one name', () => {
  const all = registered.map(({ word, dialect }) => `${dialect} ${word}`);
  expect(new Set(all).size).toBe(all.length);
});

test.each(commands.all)('$id: its options have different names', async ({ load }) => {
  const options = (await load()).options.flatMap((group) => group.options);
  const flags = options.flatMap(({ flag, aliases = [] }) => [flag, ...aliases.map((alias) => alias.flag)]);
  const names = [...flags, ...options.map(({ short }) => short), ...new Set(options.map(({ key }) => `key ${key}`))];
  const given = names.filter((name) => name !== undefined);
  expect(new Set(given).size).toBe(given.length);
  expect(options.filter((option) => !option.local && !allOptions.includes(option)).map(({ key }) => key)).toEqual([]);
});
