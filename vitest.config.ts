import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Suites that need real peers or minutes have configurations of their own under test/. */
const slow = ['test/interop/**', 'test/browser/**', 'test/cluster/**'];
const e2e = 'test/e2e/**/*.test.ts';

const shared: ViteUserConfig['test'] = {
  setupFiles: ['testkit/matchers.ts'],
  testTimeout: 30_000,
  restoreMocks: true,
};

const config: ViteUserConfig = defineConfig({
  test: {
    reporters: ['default', './tools/report/count-reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.ts', 'testkit/**/*.test.ts', 'tools/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['node_modules/**', ...slow, e2e],
        },
      },
      // These run the built program, which is built once before them.
      { test: { ...shared, name: 'e2e', include: [e2e], globalSetup: ['test/e2e/build.ts'] } },
    ],
  },
});

export default config;
