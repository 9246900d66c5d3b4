import { expect, test } from 'vitest';
import { withoutFacades } from './tighten.ts';

const chunk = 'var a=1,b=2;export{a,b};';

test('a file that passes on what another exports is left out, and the other is imported at once', () => {
  const outputs = new Map([
    ['out/main.js', 'let{a}=await import("./chunks/run.js"),{c}=await import("./chunks/other.js");'],
    ['out/chunks/run.js', 'import{a,b}from"./chunk.js";import"./base.js";export{a,b};\n'],
    ['out/chunks/other.js', 'import{a}from"./chunk.js";var c=a;export{c};'],
    ['out/chunks/chunk.js', chunk],
  ]);
  expect(Object.fromEntries(withoutFacades(outputs))).toEqual({
    'out/main.js': 'let{a}=await import("./chunks/chunk.js"),{c}=await import("./chunks/other.js");',
    'out/chunks/other.js': 'import{a}from"./chunk.js";var c=a;export{c};',
    'out/chunks/chunk.js': chunk,
  });
});

test('a file that gives names of its own stays', () => {
  const outputs = new Map([
    ['out/run.js', 'import{a as b}from"./chunk.js";export{b};'],
    ['out/two.js', 'import{a}from"./chunk.js";export{a as default};'],
    ['out/chunk.js', chunk],
  ]);
  expect(withoutFacades(outputs)).toEqual(outputs);
});
