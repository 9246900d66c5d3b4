import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programVersion } from '../../src/cli/version.ts';
import * as everything from '../../src/index.ts';
import * as scan from '../../src/scan.ts';
import * as verify from '../../src/verify.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
};

test('the library offers these values and no others', () => {
  expect(Object.keys(everything).sort()).toEqual([
    'AppError',
    'databaseStatus',
    'diagnoseReference',
    'isAppError',
    'makeContext',
    'pinReferences',
    'scanDirectory',
    'scanImage',
    'serveRegistry',
    'severities',
    'updateDatabases',
    'verifyBlob',
  ]);
  expect(Object.keys(scan).sort()).toEqual([
    'databaseStatus',
    'diffSboms',
    'makeContext',
    'mergeSboms',
    'readReport',
    'scanDirectory',
    'scanImage',
    'scanSbom',
    'scoreSbom',
    'updateDatabases',
    'validateSbom',
  ]);
  expect(Object.keys(verify).sort()).toEqual(['makeContext', 'verifyBlob', 'verifyImage']);
});

test('the package can be entered here and nowhere else', () => {
  expect(Object.keys(manifest.exports)).toEqual(['.', './scan', './verify', './package.json']);
});

test('the program states the version of the package', () => {
  expect(programVersion).toBe(manifest.version);
});

test('dependencies are pinned exactly', () => {
  expect(Object.values(manifest.dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});
