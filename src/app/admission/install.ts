import { basename } from 'node:path';
import { admissionError, chartFiles } from '../../admission/index.ts';
import { formatImageReference, parseImageReference } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { type JsonObject, mergeValues, parseChart, parseValues, renderChart } from '../../helm/index.ts';
import { parsePolicies } from '../../policy/index.ts';
import { dialects } from '../../policy/registry.ts';
import { parseTrustedRoot } from '../../trust/index.ts';
import { readTexts } from '../policy/files.ts';
import type { InstallAdmissionInput } from './install-input.ts';

const maxSize = 2 ** 20;

/** Objects of Kubernetes that install admission, in an order in which they can be applied. */
export async function installObjects(input: InstallAdmissionInput): Promise<JsonObject[]> {
  const { name, namespace, makesNamespace, valueFiles } = input;
  const files = await Promise.all(valueFiles.map(async (path) => parseValues(await readText(path))));
  const given = [...files, imageValues(input), await policyValues(input), await trustValues(input), ...input.values];
  const values = given.reduce(mergeValues, {});
  const objects = await renderChart(parseChart(chartFiles), values, { name, namespace, service: 'plimsoll' });
  return makesNamespace ? [namespaceNamed(namespace), ...objects] : objects;
}

async function readText(path: string): Promise<string> {
  return (await readWhole(path, maxSize)).toString('utf8');
}

function imageValues({ image }: InstallAdmissionInput): JsonObject {
  if (image === undefined) return {};
  const { tag = '', digest = '', registry, repository } = parseImageReference(image);
  return { image: { repository: formatImageReference({ registry, repository }), tag, digest } };
}

/** Policies that cannot be used would keep servers from starting while webhooks deny everything: they are read here already. */
async function policyValues({ policies }: InstallAdmissionInput): Promise<JsonObject> {
  const texts = await readTexts(policies);
  if (policies.length > 0 && (await parsePolicies(texts, dialects.all)).length === 0)
    throw admissionError('ADMISSION_NO_POLICIES', { data: { paths: policies.join(', ') } });
  const named = new Map(texts.map(({ path, text }) => [basename(path), text]));
  if (named.size < texts.length)
    throw admissionError('ADMISSION_POLICY_NAMES', { data: { paths: texts.map(({ path }) => path).join(', ') } });
  return named.size === 0 ? {} : { policies: { files: Object.fromEntries(named) } };
}

async function trustValues({ trustedRoot }: InstallAdmissionInput): Promise<JsonObject> {
  if (trustedRoot === undefined) return {};
  const json = await readText(trustedRoot);
  await parseTrustedRoot(Buffer.from(json));
  return { trustedRoot: { json } };
}

/** What runs there needs no more than the restricted standard for pods allows. */
function namespaceNamed(name: string): JsonObject {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
