import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Pages in a real Chromium, where there is one; REQUIRE_PEERS=1 makes its absence a failure. */
const config: ViteUserConfig = defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/browser/**/*.test.ts'],
    setupFiles: ['testkit/matchers.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One browser at a time: what it is given to do is measured.
    fileParallelism: false,
    reporters: ['default', './tools/report/count-reporter.ts'],
  },
});

export default config;
