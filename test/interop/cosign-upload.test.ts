import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type Ended, type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';

const found = await hasPeer('cosign');

const files: Readonly<Record<string, string | Buffer>> = {
  words: 'some words\n',
  page: '<html><p>x</p></html>',
  markup: '<?xml version="1.0"?><a/>',
  program: Buffer.from('7f454c4602010100', 'hex'),
  packed: Buffer.from('1f8b0800000000000003', 'hex'),
  module: Buffer.from('0061736d01000000', 'hex'),
  archive: Buffer.from('504b030414000000', 'hex'),
  picture: Buffer.from('89504e470d0a1a0a0000', 'hex'),
  empty: '',
};

async function workplace(): Promise<SigningPlace> {
  const place = await signingPlace();
  for (const [name, content] of Object.entries(files)) writeFileSync(place.at(name), content);
  return place;
}

/** What is said, with one name for the place and for the directory. */
function said({ code, stdout, stderr }: Ended, { directory }: SigningPlace, tag: string) {
  const plain = (text: string): string => text.replaceAll(`${directory}/`, '').replaceAll(`:${tag}`, ':TAG');
  const lines = plain(stderr).split('\n');
  return { code, stdout: plain(stdout), lines: lines.filter((line) => !/deprecated|Error|error during/.test(line)) };
}

const whole = (place: SigningPlace, words: readonly string[]): readonly string[] =>
  words.map((word) => (Object.hasOwn(files, word.split(':')[0] ?? '') ? place.at(word) : word));

test
  .runIf(found)
  .each([
    ...Object.keys(files).map((name) => ['-f', name]),
    ['-f', 'words', '-a', 'b=2', '-a', 'a=1'],
    ['-f', 'words', '-a', 'b=<2>&x'],
    ['-f', 'words', '--ct', 'application/vnd.example'],
    ['-f', 'words:linux/amd64'],
    ['-f', 'words:linux/amd64', '-f', 'program:darwin/arm64', '-a', 'b=2', '-a', 'a=1'],
    ['-f', 'words:linux', '-f', 'program:darwin', '-f', 'words:windows/amd64'],
  ])(
  'cosign and we put the same into a registry, and say the same: upload blob %s %s %s %s %s %s',
  async (...flags) => {
    const place = await workplace();
    const upload = async (program: 'ours' | 'cosign') => {
      const words = ['upload', 'blob', ...whole(place, flags), `${place.registry.host}/files:${program}`];
      return said(await programs[program](place, words), place, program);
    };
    const theirs = await upload('cosign');
    expect(theirs.code).toBe(0);
    expect(await upload('ours')).toEqual(theirs);
  },
);

test.runIf(found).each([[[]], [['-f', 'words', '-f', 'empty']], [['-f', 'nowhere']]])(
  'cosign and we refuse upload blob %j',
  async (flags) => {
    const place = await workplace();
    const words = ['upload', 'blob', ...whole(place, flags), `${place.registry.host}/files:1`];
    const codes = [await programs.cosign(place, words), await programs.ours(place, words)].map(({ code }) => code);
    expect(codes).toEqual([1, 1]);
  },
);
