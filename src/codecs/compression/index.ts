export { gzip } from './compress.ts';
export { type CompressionLimits, decompress } from './decompress.ts';
