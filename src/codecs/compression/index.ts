export { type CompressionLimits, decompress } from './decompress.ts';
