export { parseAssignment } from './assign.ts';
export { parseChart } from './chart.ts';
export { toManifest } from './manifest.ts';
export { renderChart } from './render.ts';
export { mergeValues, parseValues } from './values.ts';
export type { JsonObject } from './yaml.ts';
