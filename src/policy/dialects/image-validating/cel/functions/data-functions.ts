import { type CelFunc, type CelInput, type CelMap, CelScalar, celFunc, isCelMap, mapType } from '@bufbuild/cel';
import { parse as parseYaml } from 'yaml';
import { anyList, fromCel, toCel } from '../values.ts';

const { BYTES, DYN, STRING } = CelScalar;
const maxAliases = 100;

/** Functions of data, by Kyverno's names. */
export const dataFunctions: readonly CelFunc[] = [
  celFunc('json.unmarshal', [STRING], DYN, (text) => toCel(JSON.parse(text))),
  celFunc('json.marshal', [DYN], STRING, (value) => JSON.stringify(fromCel(value))),
  celFunc('yaml.parse', [STRING], DYN, (text) => toCel(parseYaml(text, { maxAliasCount: maxAliases }))),
  ...['listObjToMap', 'transform.listObjToMap'].map((name) =>
    celFunc(name, [anyList, anyList, STRING, STRING], mapType(STRING, DYN), toMap),
  ),
  celFunc('base64.decode', [STRING], BYTES, (text) => Buffer.from(text, 'base64')),
  celFunc('base64.encode', [BYTES], STRING, (bytes) => Buffer.from(bytes).toString('base64')),
];

function toMap(
  keys: Iterable<unknown>,
  values: Iterable<unknown>,
  keyName: string,
  valueName: string,
): Map<string, CelInput> {
  const found = [...values];
  const entries = [...keys].map((key, index): [string, CelInput] => {
    const name = memberOf(key, keyName);
    if (typeof name !== 'string') throw new TypeError(`${keyName} is no text`);
    return [name, toCel(fromCel(memberOf(found[index], valueName)))];
  });
  return new Map(entries);
}

function memberOf(value: unknown, name: string): ReturnType<CelMap['get']> {
  return isCelMap(value) ? value.get(name) : undefined;
}
