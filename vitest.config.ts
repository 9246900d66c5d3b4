import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Suites that need real peers or minutes have configurations of their own under test/. */
const slow = ['test/interop/**', 'test/browser/**', 'test/cluster/**'];

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'testkit/**/*.test.ts', 'tools/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['node_modules/**', ...slow],
    setupFiles: ['testkit/matchers.ts'],
    reporters: ['default', './tools/report/count-reporter.ts'],
    testTimeout: 30_000,
    restoreMocks: true,
  },
});

export default config;
