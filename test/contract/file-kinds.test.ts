import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../src/core/index.ts';
import type { FindSites } from '../../src/pin/file-kind.ts';
import { fileKinds } from '../../src/pin/registry.ts';
import { pinnedText, withoutPins } from '../../testkit/pin.ts';

/** A file of each kind with references in every place and way of writing; none says `latest`. */
const seeds: Readonly<Record<string, string>> = {
  dockerfile:
    '# syntax=docker/dockerfile:1\nARG BASE=alpine:3.20 X="y:1"\nFROM $BASE AS build\nFROM ${X}\n\n# next\nFROM --platform=linux/amd64 \\\n  r.io:5000/a/b:1 AS x # c\nCOPY --from=build a b\nCOPY --from=c:1 --chown=1 a b\nRUN --mount=type=bind,from=d,target=/d true\nFROM scratch\n',
  compose:
    '# top\nx-a: &a {image: a:1}\nservices:\n  one: {<<: *a}\n  two:\n    image:   "b:2"   # why\n  three: {image: \'c\', build: .}\n  four:\n    image: r.io/d\n    build: {additional_contexts: {e: "docker-image://e:1"}}\n',
  'github-workflow':
    'on: push\njobs:\n  a:\n    container: a:1\n    services: {db: {image: "b"}}\n    steps:\n      - uses: o/r@v4\n      - uses: "o/r/sub@main" \n        with: {x: y}\n      - uses: docker://c:1 # keep\n      - run: |\n          uses: o/r@v9\n',
  'gitlab-ci':
    'image: a:1\ndefault: {services: [b:1, {name: c}]}\njob:\n  image:\n    name: "d:1"\n  script: [!reference [x, script], "echo é ☃"]\n',
  devcontainer:
    '{\n  // first\n  "image": "a:1",\n  "features": {"r.io/f/go:1": {}, "r.io/f/git" : {"x": [1, 2]}, "./l": {},},\n}\n',
  kustomize: 'images:\n- name: a\n  newTag: "1"\n- {name: b, newName: r.io/b, newTag: v2}\nresources: [x.yaml] # é\n',
  'helm-template':
    '{{- if .x }}\nspec:\n  - image: a:1 # x\n  - image: "b"\n  - image: {{ .Values.image }}\n{{ end }}\n',
  helm: 'image:\n  repository: a\n  tag: "1.2"\none: {image: b:1}\ntwo:\n  repository: c\n  tag: 1\n  digest:\nthree: {repository: d, tag: 2, digest: ""}\nfourImage: e:1 # é\n',
  tekton:
    'apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  stepTemplate: {image: a:1}\n  steps:\n    - image: "b"\n      script: |\n        image: z:1\n  sidecars: [{image: c:1}]\n',
  kubernetes:
    '---\napiVersion: v1\nkind: Pod\nspec:\n  initContainers: [{image: a:1, name: é}]\n  containers:\n    - image: "b"\n      args: ["image: z:1"]\n---\n# ☃\napiVersion: v1\nkind: List\nitems: [{spec: {volumes: [{image: {reference: c:1}}]}}]\n',
};

interface Change {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1000),
  remove: fc.integer({ min: 0, max: 3 }),
  insert: fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom(
      '\n',
      '  ',
      '"',
      "'",
      '#',
      ': ',
      '- ',
      '{',
      '}',
      ' # x',
      '\\',
      '&a ',
      '*a',
      '$X',
      '@',
      '\t',
      '//',
      '\r',
    ),
  ),
});

function mutate(text: string, changes: readonly Change[]): string {
  return changes.reduce((result, { at, remove, insert }) => {
    const start = at % (result.length + 1);
    return result.slice(0, start) + insert + result.slice(start + remove);
  }, text);
}

/** The text with pins, or undefined when it was refused in the way that is agreed. */
function tryPin(findSites: FindSites, text: string): string | undefined {
  try {
    return pinnedText(findSites, text);
  } catch (error) {
    if (isAppError(error, 'PIN_FILE_INVALID')) return undefined;
    throw error;
  }
}

test('every folder of kinds is registered, and has a seed', () => {
  const folders = readdirSync(join(import.meta.dirname, '../../src/pin/kinds')).sort();
  expect(fileKinds.all.map(({ id }) => id).sort()).toEqual(folders);
  expect(Object.keys(seeds).sort()).toEqual(folders);
});

test('docs/pin.md has a row for every kind', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/pin.md'), 'utf8').replaceAll(/ +/g, ' ');
  expect(fileKinds.all.filter(({ id, files }) => !page.includes(`| \`${id}\` | ${files} |`))).toEqual([]);
});

const kinds = await Promise.all(
  fileKinds.all.map(async ({ id, load, isOne }) => ({ id, findSites: await load(), seed: seeds[id] ?? '', isOne })),
);

test.each(kinds)('$id: its seed is one, and is pinned at several places', ({ findSites, seed, isOne }) => {
  expect(isOne?.(seed) ?? true).toBe(true);
  expect(findSites(seed, { paths: {} }).filter(({ subject }) => subject.kind !== 'open').length).toBeGreaterThan(1);
});

test.each(kinds)('$id: a file differs only in the references, whatever is in it', ({ findSites, seed }) => {
  const breaks = fc.constantFrom('\n', '\r\n');
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), breaks, (changes, lineBreak) => {
      const text = mutate(seed.replaceAll('\n', lineBreak), changes);
      const pinned = tryPin(findSites, text);
      if (pinned === undefined) return;
      expect(withoutPins(pinned)).toBe(text);
      expect(tryPin(findSites, pinned)).toBe(pinned);
    }),
    { numRuns: 300 },
  );
});

test.each(kinds)('$id: junk is refused or has nothing to pin', ({ findSites }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const pinned = tryPin(findSites, text);
      if (pinned !== undefined) expect(withoutPins(pinned)).toBe(text);
    }),
  );
});
