export { createSigningConfig, type SigningConfigParts } from './create-signing-config.ts';
export { createTrustedRoot, type TrustedRootParts } from './create-trusted-root.ts';
export { publicGoodJson } from './public-good.ts';
export { parseSigningConfig } from './signing-config.ts';
export { specInvalid } from './spec.ts';
