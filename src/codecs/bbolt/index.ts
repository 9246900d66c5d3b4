export { type BoltBucket, openBolt } from './bucket.ts';
