import { expect, test } from 'vitest';
import { parsePomLicenses, parsePomPath, parsePomProperties } from './pom.ts';

test('properties give coordinates, whatever their order and line ends', () => {
  const text = '#Generated\r\nversion=1.0=a\r\n artifactId=core \r\ngroupId=org.example\r\n';
  expect(parsePomProperties(Buffer.from(text))).toEqual({ group: 'org.example', artifact: 'core', version: '1.0=a' });
});

test.each(['', 'groupId=a\nartifactId=b\n', 'groupId=a\nartifactId=b\nversion=\n', 'groupId'])(
  'properties %j are incomplete',
  (text) => {
    expect(parsePomProperties(Buffer.from(text))).toBeUndefined();
  },
);

test.each([
  ['META-INF/maven/org.example/core/pom.xml', { group: 'org.example', artifact: 'core' }],
  ['META-INF/maven/core/pom.xml', undefined],
  ['BOOT-INF/classes/META-INF/maven/a/b/pom.xml', undefined],
  ['pom.xml', undefined],
])('%s names %j', (name, expected) => {
  expect(parsePomPath(name)).toEqual(expected);
});

function licenses(xml: string): ReturnType<typeof parsePomLicenses> {
  return parsePomLicenses(Buffer.from(xml, 'latin1'));
}

test('licences of the project are read, in order', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
    <!-- <licenses><license><name>Commented</name></license></licenses> -->
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <name>Not a licence</name>
      <licenses>
        <license><name> Apache &amp; <![CDATA[<friends>]]> </name><url>https://a.example/&#x4c;</url></license>
        <license><comments/><url>https://b.example</url></license>
      </licenses>
      <dependencies><dependency><licenses><license><name>Other</name></license></licenses></dependency></dependencies>
    </project>`;
  expect(licenses(xml)).toEqual([
    { name: 'Apache & <friends>', url: 'https://a.example/L' },
    { name: '', url: 'https://b.example' },
  ]);
});

test('prefixes of a namespace do not matter', () => {
  expect(
    licenses('<m:project><m:licenses><m:license><m:name>MIT</m:name></m:license></m:licenses></m:project>'),
  ).toEqual([{ name: 'MIT', url: '' }]);
});

test('the declared encoding is heeded', () => {
  const name = (encoding: string): string | undefined =>
    licenses(
      `<?xml version="1.0" encoding="${encoding}"?><p><licenses><license><name>\u00e9</name></license></licenses></p>`,
    )[0]?.name;
  expect(name('ISO-8859-1')).toBe('é');
  expect(name('UTF-8')).toBe('�');
});

test.each([
  ['cut short', '<project><licenses><license><name>MIT</name></license><license><name>Half'],
  ['closed in the wrong order', '<project><licenses><license><name>MIT</name></license></project></licenses>'],
])('a document %s gives what was complete', (_, xml) => {
  expect(licenses(xml)).toEqual([{ name: 'MIT', url: '' }]);
});

test.each(['', 'no markup', '<', '<project', '<!--', '<![CDATA[', '</project>', '<a>&#x110000;&none;&#0;</a>'])(
  '%j has no licences',
  (xml) => {
    expect(licenses(xml)).toEqual([]);
  },
);

test('deep or endless markup takes no more than linear time', () => {
  expect(licenses('<a>'.repeat(100_000))).toEqual([]);
  expect(licenses('<!--'.repeat(100_000))).toEqual([]);
  expect(licenses(`<project>${'&'.repeat(200_000)}`)).toEqual([]);
});
