import type { Finding, Package, Result } from '../src/core/index.ts';
import { makePackage } from './inventory.ts';

/** A finding of a vulnerability in a package written as `name@version`. */
export function makeFinding(id: string, pkg: string | Package, parts: Partial<Finding> = {}): Finding {
  const found = typeof pkg === 'string' ? makePackage(pkg) : pkg;
  return {
    kind: 'vulnerability',
    id,
    package: found,
    installedVersion: found.version,
    status: parts.fixedVersion === undefined ? 'affected' : 'fixed',
    severity: 'HIGH',
    proof: { bucket: 'test', lookedUp: found.name, compared: found.version, range: 'any' },
    ...parts,
  };
}

/** A result of OS packages: those of its findings, unless a test says otherwise. */
export function makeResult(findings: readonly Finding[], parts: Partial<Result> = {}): Result {
  return {
    target: 'app:1 (test 1.0)',
    class: 'os-pkgs',
    type: 'test',
    packages: [...new Set(findings.map((finding) => finding.package))],
    findings,
    ...parts,
  };
}
