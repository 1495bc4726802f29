import { defineConfig } from 'vitest/config'

/** Journeys that start many processes, or hold something to a time. */
const alone = ['checker', 'degrading', 'distributed', 'erasure-distributed', 'faults', 'many-faults', 'overload', 'traces'].map(
  (name) => `tests/journeys/${name}.spec.ts`,
)

/** What is looked for until it is there; a machine that does much else takes its time. */
const expect = { poll: { timeout: 10_000 } }

/** Two cores: two files at a time, and one at a time of those that need the machine for themselves. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'parts',
          include: ['shared/**/*.spec.ts', 'services/**/*.spec.ts', 'infra/**/*.spec.ts', 'tests/contracts/**/*.spec.ts'],
          exclude: ['**/node_modules/**', 'services/console/**'],
          expect,
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
          expect,
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
          exclude: alone,
          expect,
          globalSetup: ['tests/kit/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'processes',
          include: alone,
          expect,
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
