import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';

export type ClusterProgram = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kubectl';

const programs: readonly ClusterProgram[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'];
const { KUBEBUILDER_ASSETS: assets, PATH = '', REQUIRE_PEERS: required } = process.env;
const directories = [...(assets === undefined ? [] : [assets]), ...PATH.split(delimiter)];

/** Where a program is: in KUBEBUILDER_ASSETS, or on PATH. */
export function pathOf(program: ClusterProgram): string {
  const found = find(program);
  if (found === undefined) expect.fail(`${program} is not installed`);
  return found;
}

function find(program: ClusterProgram): string | undefined {
  return directories.map((directory) => join(directory, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const missing = programs.filter((program) => find(program) === undefined);

/** Says in words why nothing is tested where programs are missing, and fails there under REQUIRE_PEERS. */
export const skipReason: string | undefined =
  missing.length === 0 ? undefined : `${missing.join(', ')} neither on PATH nor in KUBEBUILDER_ASSETS`;
if (skipReason !== undefined && required === '1') expect.fail(skipReason);
if (skipReason !== undefined) process.stdout.write(`Nothing was tested in a cluster: ${skipReason}\n`);

/** The title of a suite, with the reason when it is skipped. */
export function titled(title: string): string {
  return [title, skipReason].filter(Boolean).join(', skipped: ');
}
