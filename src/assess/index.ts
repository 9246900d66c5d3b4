export { type AssessInput, type Assessment, assessInventory, type PackageType } from './assess.ts';
