import { identifyLicense } from '../../licenses/index.ts';
import { readHash, writeHash } from '../hashes.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../json.ts';
import { type Problem, Problems } from '../problems.ts';

const componentTypes: ReadonlySet<string> = new Set([
  'application',
  'framework',
  'library',
  'container',
  'platform',
  'operating-system',
  'device',
  'device-driver',
  'firmware',
  'file',
  'machine-learning-model',
  'data',
  'cryptographic-asset',
]);

const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Holds a document to the rules of CycloneDX that its readers rely on. */
export function validateDocument(document: Json): Problem[] {
  const problems = new Problems();
  const metadata = objectOf(document['metadata']);
  const serialNumber = textOf(document['serialNumber']);
  problems.require(serialNumber === undefined || uuid.test(serialNumber), 'serialNumber', 'it is no urn:uuid:');
  checkMetadata(problems, metadata);
  const version = textOf(document['specVersion']) ?? '';
  const subject = metadata['component'];
  if (textOf(objectOf(subject)['name']) !== undefined)
    checkTree(problems, objectOf(subject), 'metadata.component', version);
  objectsOf(document['components']).forEach((component, index) => {
    checkTree(problems, component, `components[${index}]`, version);
  });
  checkDependencies(problems, document);
  return problems.list;
}

function checkMetadata(problems: Problems, metadata: Json): void {
  const timestamp = textOf(metadata['timestamp']);
  problems.advise(timestamp !== undefined, 'metadata.timestamp', 'it is not said when the document was made');
  problems.require(
    timestamp === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(timestamp),
    'metadata.timestamp',
    `${timestamp} is no date and time of RFC 3339`,
  );
  const { tools, component } = metadata;
  const hasTools = Array.isArray(tools) ? tools.length > 0 : objectsOf(objectOf(tools)['components']).length > 0;
  problems.advise(hasTools, 'metadata.tools', 'it is not said what the document was made with');
  problems.advise(component !== undefined, 'metadata.component', 'it is not said what the document is about');
}

/** A component with those inside it. */
function checkTree(problems: Problems, top: Json, at: string, version: string): void {
  const open: { readonly json: Json; readonly path: string }[] = [{ json: top, path: at }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { json, path } = next;
    checkComponent(problems, json, path, version);
    objectsOf(json['components']).forEach((child, index) => {
      open.push({ json: child, path: `${path}.components[${index}]` });
    });
  }
}

function checkComponent(problems: Problems, json: Json, path: string, specVersion: string): void {
  const [type, version] = [textOf(json['type']), textOf(json['version'])];
  problems.require(componentTypes.has(type ?? ''), `${path}.type`, `${type ?? 'nothing'} is no type of component`);
  problems.require(textOf(json['name']) !== undefined, `${path}.name`, 'a component needs a name');
  const needsVersion = ['1.2', '1.3'].includes(specVersion);
  problems.require(!needsVersion || version !== undefined, `${path}.version`, 'a component needs a version before 1.4');
  problems.addId(textOf(json['bom-ref']), `${path}.bom-ref`);
  problems.checkPurl(textOf(json['purl']), version, `${path}.purl`);
  objectsOf(json['hashes']).forEach(({ alg, content }, index) => {
    const [hash] = readHash(textOf(alg), textOf(content));
    const isSound = hash !== undefined && writeHash(hash, 'cyclonedx') !== undefined;
    problems.require(isSound, `${path}.hashes[${index}]`, `${alg} ${content} is no hash`);
  });
  checkLicenses(problems, objectsOf(json['licenses']), `${path}.licenses`, specVersion);
}

function checkLicenses(problems: Problems, choices: readonly Json[], path: string, specVersion: string): void {
  const expressions = choices.filter((choice) => textOf(choice['expression']) !== undefined);
  const mayMix = specVersion === '1.7' || expressions.length === 0 || choices.length === 1;
  problems.require(mayMix, path, 'an expression must stand alone before 1.7');
  choices.forEach((choice, index) => {
    const expression = textOf(choice['expression']);
    const { id, name } = objectOf(choice['license']);
    if (expression !== undefined) problems.checkExpression(expression, `${path}[${index}].expression`);
    else if (textOf(id) === undefined) {
      problems.require(textOf(name) !== undefined, `${path}[${index}]`, 'a licence needs an identifier or a name');
    } else
      problems.require(
        identifyLicense(String(id)) === id,
        `${path}[${index}].license.id`,
        `${id} is no SPDX identifier`,
      );
  });
}

function checkDependencies(problems: Problems, document: Json): void {
  const dependencies = objectsOf(document['dependencies']);
  problems.advise(dependencies.length > 0, 'dependencies', 'it is not said what depends on what');
  objectsOf(document['services']).forEach((service, index) => {
    problems.addId(textOf(service['bom-ref']), `services[${index}].bom-ref`);
  });
  const seen = new Set<string>();
  dependencies.forEach((dependency, index) => {
    const path = `dependencies[${index}]`;
    const ref = textOf(dependency['ref']) ?? '';
    problems.require(problems.hasId(ref), `${path}.ref`, `nothing has the reference ${ref}`);
    problems.require(!seen.has(ref), `${path}.ref`, `${ref} is listed twice`);
    seen.add(ref);
    for (const to of textsOf(dependency['dependsOn'])) {
      problems.require(problems.hasId(to), `${path}.dependsOn`, `nothing has the reference ${to}`);
    }
  });
}
