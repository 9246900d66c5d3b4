import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../src/cli/run.ts';
import { temporaryDirectory } from './context.ts';
import { makeHost } from './host.ts';
import { buildImage } from './image.ts';
import { runPeer } from './peer.ts';
import { startRegistry } from './registry.ts';
import { putSigned } from './signed-image.ts';
import { makeKey, type TestKey } from './sigstore/keys.ts';
import { signLegacy, type TestLegacyLayer } from './sigstore/legacy.ts';
import { makeStack, statementAbout } from './sigstore/stack.ts';

/** The name of Kyverno's command line. */
export const kyverno = 'kubectl-kyverno';
const stack = makeStack();
/** Who signs images, and one who signs none. */
export const alice: TestKey = makeKey();
export const bob: TestKey = makeKey();
export const carol: TestKey = makeKey();
export const slsaType = 'https://slsa.dev/provenance/v1';
export const otherType = 'https://example.com/other';

/** Images by their repository; each is another one. */
const images = Object.fromEntries(
  ['unsigned', 'alice', 'both', 'annotated', 'attested', 'attested-twice', 'attested-other'].map((name) => [
    name,
    buildImage({ layers: [[{ path: name }]] }),
  ]),
);
/** The digest of an image by its repository. */
export const digestOf = (name: string): string => images[name]?.manifest.digest ?? '';

const signature = (name: string, key: TestKey, annotations?: Record<string, string>): TestLegacyLayer =>
  signLegacy(stack, {
    digest: digestOf(name),
    kind: 'signature',
    key,
    log: 'none',
    ...(annotations !== undefined && { annotations }),
  });

function attestation(name: string, predicate: object, predicateType = slsaType, key = alice): TestLegacyLayer {
  const subject = [{ name: 'app', digest: { sha256: digestOf(name).slice(7) } }];
  const statement = statementAbout(Buffer.alloc(0), {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject,
    predicateType,
    predicate,
  });
  const payload = Buffer.from(JSON.stringify(statement));
  return signLegacy(stack, { digest: digestOf(name), kind: 'attestation', key, log: 'none', payload });
}

const evidence: Readonly<Record<string, readonly TestLegacyLayer[]>> = {
  alice: [signature('alice', alice)],
  both: [signature('both', alice), signature('both', bob)],
  annotated: [signature('annotated', alice, { env: 'prod', team: 'a' })],
  attested: [
    attestation('attested', { builder: { id: 'ci' }, level: 3, tags: ['a', 'b'], at: '2026-01-01T00:00:00Z' }),
    signature('attested', alice),
  ],
  'attested-twice': [
    attestation('attested-twice', { builder: { id: 'ci' } }),
    attestation('attested-twice', { builder: { id: 'laptop' } }),
  ],
  'attested-other': [attestation('attested-other', {}, otherType), attestation('attested-other', {}, slsaType, bob)],
};

/** A registry with all images. */
async function startImages(): Promise<string> {
  const registry = await startRegistry();
  for (const [name, image] of Object.entries(images)) {
    await putSigned(registry, [name, '1'], image, { layers: evidence[name] ?? [] });
  }
  return registry.host;
}

/** What a command line ended with, and the worst outcome of each rule that says something. */
export interface JudgedAlike {
  readonly code: number | null;
  readonly rules: Readonly<Record<string, string>>;
}

/** Judges an object by a policy with Kyverno and with Plimsoll, over a registry that holds all images. */
export async function judgeTwice(
  policy: object,
  image: string,
  object: (image: string) => object,
): Promise<{ readonly ours: JudgedAlike; readonly theirs: JudgedAlike }> {
  const name = image.split(/[:@]/)[0] ?? '';
  const [host, home] = [await startImages(), temporaryDirectory()];
  const [policyFile, resource] = [join(home, 'policy.yaml'), join(home, 'object.yaml')];
  writeFileSync(policyFile, JSON.stringify(policy).replaceAll('HOST', host));
  writeFileSync(resource, JSON.stringify(object(`${host}/${image.replace('DIGEST', digestOf(name))}`)));
  const environment = { HOME: home };
  const apply = ['apply', policyFile, '--resource', resource];
  const theirs = await runPeer(kyverno, [...apply, '-p', '--output-format', 'json'], { environment });
  const ours = makeHost(['policy', ...apply, '--format', 'json'], { environment });
  const code = await runProgram(ours);
  const text = theirs.stdout.toString('utf8');
  // Nothing is printed where no rule says anything.
  const report = text.includes('{"kind"') ? JSON.parse(text.slice(text.indexOf('{"kind"'))) : {};
  const results = (report.results ?? []) as readonly { rule: string; policy: string; result: string }[];
  return {
    ours: { code, rules: worstByRule(JSON.parse(ours.stdout.text()).decisions[0].results) },
    theirs: {
      code: theirs.code,
      // What goes wrong in expressions is told under a name of its own.
      rules: worstByRule(
        results.map(({ rule, policy: own, result }) => ({ rule: rule === 'evaluation' ? own : rule, outcome: result })),
      ),
    },
  };
}

/** The worst outcome of each rule that says something. */
function worstByRule(results: readonly { readonly rule: string; readonly outcome: string }[]): Record<string, string> {
  const order = ['error', 'fail', 'warn', 'pass'];
  const byRule = Map.groupBy(
    results.filter(({ outcome }) => outcome !== 'skip'),
    ({ rule }) => rule,
  );
  return Object.fromEntries(
    [...byRule].map(([rule, all]) => [rule, order.find((word) => all.some(({ outcome }) => outcome === word)) ?? '']),
  );
}
