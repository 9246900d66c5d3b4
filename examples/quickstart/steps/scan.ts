import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quickstartError } from '../errors.ts';
import { expectCode } from '../expect-code.ts';
import type { Stage, Step } from '../step.ts';

const advisories = join('examples', 'quickstart', 'advisories');

const gateWords: readonly string[] = ['--severity', 'HIGH,CRITICAL', '--exit-code', '1', '--format', 'json', '--quiet'];

/** The example's own advisories stand in for a database, which would have to be downloaded. */
function scan({ plimsoll, image, out }: Stage, words: readonly string[]): Promise<number> {
  const data = ['--osv', advisories, '--skip-db-update', '--skip-java-db-update', '--cache-dir', join(out, 'cache')];
  return plimsoll(['image', ...data, ...words, image]);
}

export const scanImage: Step = {
  title: 'Scan it by reference',
  run: (stage) => expectCode('scan', 0, scan(stage, [])),
};

export const gate: Step = {
  title: 'Use the scan as a gate: grave findings end it with the exit code 1',
  async run(stage) {
    await expectCode('gate', 1, scan(stage, [...gateWords, '--output', join(stage.out, 'gate.json')]));
    stage.say('exit code 1, as it should be');
  },
};

const formats: readonly (readonly [format: string, file: string])[] = [
  ['json', 'report.json'],
  ['sarif', 'report.sarif'],
  ['cyclonedx', 'sbom.cdx.json'],
  ['spdx-json', 'sbom.spdx.json'],
];

export const reports: Step = {
  title: 'Leave reports and SBOMs for other programs',
  async run(stage) {
    for (const [format, file] of formats) {
      const words = ['--format', format, '--output', join(stage.out, file), '--quiet'];
      await expectCode(`report ${format}`, 0, scan(stage, words));
    }
  },
};

export const scanSbom: Step = {
  title: 'Scan the SBOM in place of the image: the findings are the same',
  async run(stage) {
    const data = ['--osv', advisories, '--skip-db-update', '--cache-dir', join(stage.out, 'cache')];
    const output = ['--output', join(stage.out, 'sbom-gate.json')];
    const args = ['sbom', ...data, ...gateWords, ...output, join(stage.out, 'sbom.cdx.json')];
    await expectCode('scan of the SBOM', 1, stage.plimsoll(args));
    const image = findingsOf(join(stage.out, 'gate.json'));
    const sbom = findingsOf(join(stage.out, 'sbom-gate.json'));
    if (image.join() !== sbom.join())
      throw quickstartError('QUICKSTART_FINDINGS_DIFFER', { data: { image: image.join(), sbom: sbom.join() } });
    stage.say(`both: ${sbom.join(', ')}`);
  },
};

function findingsOf(path: string): string[] {
  const { Results: results = [] } = JSON.parse(readFileSync(path, 'utf8')) as {
    Results?: { Vulnerabilities?: { VulnerabilityID: string; PkgName: string }[] }[];
  };
  const findings = results.flatMap(({ Vulnerabilities: found = [] }) => found);
  return findings.map((finding) => `${finding.VulnerabilityID} in ${finding.PkgName}`).sort();
}
