import { defineConfig } from 'vitest/config'

/** Two cores: two files at a time for what is small or waits for a browser, one at a time for what starts many processes or holds something to a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'parts',
          include: ['shared/**/*.spec.ts', 'services/**/*.spec.ts', 'infra/**/*.spec.ts', 'tests/contracts/**/*.spec.ts'],
          exclude: ['**/node_modules/**', 'services/console/**'],
          globalSetup: ['tests/kit/postgres-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.spec.ts'],
          globalSetup: ['tests/kit/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.spec.ts'],
          globalSetup: ['tests/kit/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
})
