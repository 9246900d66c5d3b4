import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Against a real API server where its programs are found; REQUIRE_PEERS=1 makes their absence a failure. */
const config: ViteUserConfig = defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/cluster/**/*.test.ts'],
    setupFiles: ['testkit/matchers.ts'],
    globalSetup: ['test/e2e/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One cluster at a time: each takes half a gigabyte.
    fileParallelism: false,
    reporters: ['default', './tools/report/count-reporter.ts'],
  },
});

export default config;
