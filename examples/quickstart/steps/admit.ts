import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { makeFetch } from '../../../src/net/index.ts';
import { type ReadAnswer, readAnswer, reviewOf } from '../../../testkit/admission.ts';
import { certificates } from '../../../testkit/certificates.ts';
import { podOf } from '../../../testkit/policy.ts';
import { quickstartError } from '../errors.ts';
import type { Stage, Step } from '../step.ts';
import { policyOf } from './policy.ts';

const tls = join('testkit', 'tls');

export const admit: Step = {
  title: 'Serve admission as in a cluster: who is signed gets in and is pinned, who is not stays out',
  async run(stage) {
    const { out, image, unsigned, say } = stage;
    const policy = join(out, 'policy.yaml');
    writeFileSync(policy, policyOf(stage));
    const certificate = ['--tls-cert', join(tls, 'cert.pem'), '--tls-key', join(tls, 'key.pem')];
    const rules = ['--policy', policy, '--trusted-root', join(out, 'trusted_root.json')];
    const host = await stage.serve(['admission', 'serve', ...rules, ...certificate, '--address', '127.0.0.1:0']);
    say(`POST https://${host}/mutate, with an AdmissionReview of a pod with each image:`);
    const pinned = await review(stage, host, image, true);
    say(`${styleText('green', 'admitted', { stream: process.stdout })}  ${image}`);
    for (const { op, path, value } of pinned.patch) say(`  ${op} ${path} by ${value}`);
    const denied = await review(stage, host, unsigned, false);
    say(`${styleText('red', 'denied', { stream: process.stdout })}    ${unsigned}`);
    say(`  ${denied.status?.code} ${denied.status?.message}`);
  },
};

/** Asks as an API server does. @throws QUICKSTART_DECISION_DIFFERS */
async function review({ out }: Stage, host: string, image: string, wanted: boolean): Promise<ReadAnswer> {
  const fetch = makeFetch({ certificateAuthorities: [certificates.ca] });
  const body = Buffer.from(JSON.stringify(reviewOf(podOf([image]))));
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
  const url = new URL(`https://${host}/mutate?timeout=10s`);
  const response = await fetch({ method: 'POST', url, body, headers });
  const answer = readAnswer(JSON.stringify(await json(response.body)));
  const isPinned = answer.patch.some(({ value }) => value.startsWith(`${image}@sha256:`));
  const told = (is: boolean): string => (is ? 'admitted and pinned' : 'denied');
  if (answer.allowed !== wanted || isPinned !== wanted) {
    const data = { pod: image, wanted: told(wanted), found: told(!wanted), log: join(out, 'admission.log') };
    throw quickstartError('QUICKSTART_DECISION_DIFFERS', { data });
  }
  return answer;
}
