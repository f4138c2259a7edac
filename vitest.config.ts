import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    // For machines that do other things too; nothing is asserted about time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['tests/cli/build.ts'],
    maxConcurrency: 2,
    env: { PACT_DO_NOT_TRACK: 'true', SCARF_ANALYTICS: 'false', NO_COLOR: '1' },
  },
});
