import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Against the real programs of others where they are on PATH; REQUIRE_PEERS=1 makes their absence a failure. */
const config: ViteUserConfig = defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/interop/**/*.test.ts'],
    setupFiles: ['testkit/matchers.ts'],
    testTimeout: 60_000,
  },
});

export default config;
