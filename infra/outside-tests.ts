import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Where the last run's stand, as JSON, from the project's folder. */
export const outsideFile = 'var/test/outside.json'

export type Outside = { readonly where: string; readonly message: string }

/** What failed in a file around its tests: it could not be loaded, or something before or after them threw. */
const around = (module: TestModule): Outside[] =>
  [module, ...module.children.allSuites()].flatMap((part) =>
    part
      .errors()
      .map(({ message }) => ({ where: [relative(process.cwd(), module.moduleId), ...('fullName' in part ? [part.fullName] : [])].join(': '), message })),
  )

/** What no file stands for: a promise that nobody waited for, a worker that ended. */
const nowhere = ({ name, message, VITEST_TEST_PATH: path, VITEST_TEST_NAME: test }: SerializedError): Outside => ({
  where: [typeof path === 'string' ? relative(process.cwd(), path) : 'outside of every test', ...(typeof test === 'string' ? [test] : [])].join(': '),
  message: `${name ?? 'Error'}: ${message}`,
})

/** Writes what failed outside of every test, which vitest's own report leaves out or has without a word. */
function outsideTests(): Reporter {
  return { onTestRunEnd: (modules, unhandled) => writeFileSync(outsideFile, JSON.stringify([...modules.flatMap(around), ...unhandled.map(nowhere)])) }
}

// biome-ignore lint/style/noDefaultExport: vitest takes a reporter by its default export
export default outsideTests
