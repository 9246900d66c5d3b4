import { expect, test } from 'vitest';
import { parseFileName } from './file-name.ts';

test.each([
  ['app/lib/commons-text-1.9.jar', 'commons-text', '1.9'],
  ['guava-30.0-jre.jar', 'guava', '30.0-jre'],
  ['core-5.3.4-SNAPSHOT.jar', 'core', '5.3.4-SNAPSHOT'],
  ['log4j-1.2-api-2.14.1.jar', 'log4j-1.2-api', '2.14.1'],
  ['a.war/WEB-INF/lib/empty-9999.0-to-avoid-conflict.jar', 'empty', '9999.0-to-avoid-conflict'],
  ['app.jar', '', ''],
  ['core-1.0.war', '', ''],
  ['core-1.0.JAR', '', ''],
  ['-1.0.jar', '', ''],
  ['core--1.0.jar', '', ''],
  ['core-1.0 copy.jar', '', ''],
  ['my core-1.0.jar', '', ''],
  ['', '', ''],
])('%s is artifact "%s" in version "%s"', (path, artifact, version) => {
  expect(parseFileName(path)).toEqual({ artifact, version });
});

test('a long name of hyphens and digits takes no more than linear time', () => {
  expect(parseFileName(`${'-1'.repeat(50_000)} .jar`)).toEqual({ artifact: '', version: '' });
});
