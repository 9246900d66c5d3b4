import { Struct, type Value } from '../../codecs/go-template/index.ts';
import type { Result } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { toPackageJson } from '../trivy-package.ts';
import { toVulnerabilityJson } from '../trivy-vulnerability.ts';
import { packageShape, resultFields, vulnerabilityShape } from './data.ts';
import type { StructShape } from './shape.ts';
import { viewOf, viewOfStruct } from './view.ts';

type Json = Readonly<Record<string, unknown>>;

/** One result as Trivy hands it to a template; packages and findings are made when they are asked for. */
export function viewOfResult(result: Result, report: Report, listPackages: boolean): Struct {
  const { target } = result;
  const packageJson = latest((pkg: Result['packages'][number]) => toPackageJson(pkg, target));
  const findingJson = latest((finding: Result['findings'][number]) =>
    toVulnerabilityJson(finding, target, report.artifact.id ?? ''),
  );
  const lists: Readonly<Record<string, () => Struct[]>> = {
    Packages: () => (listPackages ? structs(packageShape, result.packages, packageJson) : []),
    Vulnerabilities: () => structs(vulnerabilityShape, result.findings, findingJson),
  };
  const own: Json = { Target: target, Class: result.class, Type: result.type };
  return new Struct({
    type: 'types.Result',
    names: [...Object.keys(resultFields), ...Object.keys(lists)],
    read: (name): Value => {
      const shape = Object.hasOwn(resultFields, name) ? resultFields[name] : undefined;
      return shape === undefined ? lists[name]?.() : viewOf(shape, own[name]);
    },
  });
}

function structs<T>(shape: StructShape, items: readonly T[], toJson: (item: T) => Json): Struct[] {
  return items.map((item) => viewOfStruct(shape, () => toJson(item)));
}

/** Remembers the answer for the last item only: a template asks for many fields of one before it goes to the next. */
function latest<T>(make: (item: T) => Json): (item: T) => Json {
  let last: { readonly item: T; readonly json: Json } | undefined;
  return (item) => {
    if (last?.item !== item) last = { item, json: make(item) };
    return last.json;
  };
}
