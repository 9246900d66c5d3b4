import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { CoverageNote } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { renderJunit } from './render.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

function elementsOf(report: Report): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => void elements.push({ name, attributes, text: '' }));
  parser.on('text', (text) => {
    const last = elements.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.write(renderText(renderJunit, report)).close();
  return elements;
}

function named(report: Report, name: string): Element[] {
  return elementsOf(report).filter((element) => element.name === name);
}

/** What readers of JUnit's XML agree on. */
const schema = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="testsuites"><xs:complexType><xs:sequence>
    <xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType><xs:sequence>
    <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="property"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
        <xs:attribute name="name" use="required"/><xs:attribute name="value" use="required"/>
      </xs:extension></xs:simpleContent></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:choice minOccurs="0"><xs:element name="failure" type="outcome"/><xs:element name="error" type="outcome"/>
        <xs:element name="skipped" type="outcome"/></xs:choice>
      <xs:attribute name="classname" use="required"/><xs:attribute name="name" use="required"/>
      <xs:attribute name="file"/><xs:attribute name="time" type="xs:decimal"/>
    </xs:complexType></xs:element>
  </xs:sequence>
    <xs:attribute name="name" use="required"/><xs:attribute name="time" type="xs:decimal"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger"/><xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
  </xs:complexType></xs:element>
  <xs:complexType name="outcome"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="message"/><xs:attribute name="type"/>
  </xs:extension></xs:simpleContent></xs:complexType>
</xs:schema>`;

test.each([
  ['full', makeFullReport()],
  ['empty', makeReport()],
])('a %s report has the shape that readers of JUnit know', async (_, report) => {
  const contents = renderText(renderJunit, report);
  const file = { fileName: 'report.xml', contents };
  const answer = await validateXML({ xml: [file], schema: [{ fileName: 'junit.xsd', contents: schema }] });
  expect(answer.errors).toEqual([]);
});

test('a target is a suite, a finding a failure of it', () => {
  const report = makeReport({
    results: [
      makeResult([
        makeFinding('CVE-1', 'a@1', { title: 'so "it" is', description: 'line 1\nline 2', severity: 'LOW' }),
      ]),
    ],
  });
  const [, suite] = named(report, 'testsuite');
  expect(suite?.attributes).toEqual({
    tests: '1',
    failures: '1',
    name: 'app:1 (test 1.0)',
    errors: '0',
    skipped: '0',
    time: '0',
  });
  expect(named(report, 'property')[0]?.attributes).toEqual({ name: 'type', value: 'test' });
  expect(named(report, 'testcase')[1]?.attributes).toEqual({ classname: 'a-1', name: '[LOW] CVE-1', time: '0' });
  expect(named(report, 'failure')[0]).toMatchObject({
    attributes: { message: 'so "it" is', type: 'description' },
    text: expect.stringContaining('line 1\nline 2'),
  });
});

test('without findings a test passes, so that the build sees that somebody looked', () => {
  const elements = elementsOf(makeReport());
  expect(elements.map(({ name }) => name)).toEqual(['testsuites', 'testsuite', 'testcase']);
  expect(elements[1]?.attributes).toMatchObject({ tests: '1', failures: '0', errors: '0' });
});

const note: CoverageNote = { effect: 'incomplete', code: 'file-unreadable', message: 'ends early', path: 'app/x.jar' };

function incomplete(notes: readonly CoverageNote[], reasons: Report['verdict']['reasons']): Report {
  const verdict = { result: 'incomplete', gated: true, reasons } as const;
  return makeReport({ verdict, coverage: { catalogers: [], notes } });
}

test('what could not be judged is an error', () => {
  const report = incomplete([note], [{ kind: 'incomplete', note }]);
  expect(named(report, 'testsuite')[0]?.attributes).toMatchObject({ tests: '1', errors: '1', failures: '0' });
  expect(named(report, 'testcase')[0]?.attributes).toMatchObject({ name: '[file-unreadable] app/x.jar' });
  expect(named(report, 'error')[0]).toMatchObject({ attributes: { message: 'ends early', type: 'file-unreadable' } });
});

test('what somebody allowed not to be judged is skipped', () => {
  expect(named(incomplete([note], []), 'testsuite')[0]?.attributes).toMatchObject({ errors: '0', skipped: '1' });
});

test('errors are bounded, and the rest is counted', () => {
  const notes = Array.from({ length: 1000 }, (): CoverageNote => note);
  const errors = named(incomplete(notes, [{ kind: 'incomplete', note }]), 'error');
  expect(errors).toHaveLength(201);
  expect(errors.at(-1)?.text).toContain('800 more could not be judged');
});

test('an end of life that breaks the gate is a failure', () => {
  const reasons = [{ kind: 'end-of-life', family: 'test', release: '1.0' }] as const;
  const report = makeReport({ verdict: { result: 'fail', gated: true, reasons } });
  expect(named(report, 'failure')[0]?.text).toContain('test 1.0 is past its end of life');
});
