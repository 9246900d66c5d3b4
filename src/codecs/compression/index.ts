export { type CompressionLimits, decompress, defaultCompressionLimits } from './decompress.ts';
