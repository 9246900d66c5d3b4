export { dockerFunctions } from './docker.ts';
export { parseTemplate, renderTemplate, type TemplateOptions } from './template.ts';
export { fromJson, Struct, type Value } from './value.ts';
