import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** What of Node the file may use: nothing that reaches a network or starts a process. */
const allowed = ['node:crypto', 'node:fs', 'node:path', 'node:util']

const nameOf = (module: string): string => module.replace(/\W/g, '_')

/**
 * Puts the verifier into one file that any Node from 20 on runs, wherever it lies: it needs no package, and is written so that it does not
 * matter whether Node takes it for a CommonJS or an ES module. Throws where it would need more than the allowed parts of Node.
 */
export const buildVerifier = async (path: string): Promise<void> => {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('..', import.meta.url)),
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('main.ts', import.meta.url)),
      target: 'node20',
      minify: false,
      write: false,
      rolldownOptions: { output: { format: 'iife', name: 'verifier', globals: nameOf } },
    },
  })
  const [file, ...others] = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  if (file?.type !== 'chunk' || others.length > 0) throw new Error('The verifier was not built into one file')
  const foreign = file.imports.filter((module) => !allowed.includes(module))
  if (foreign.length > 0) throw new Error(`The verifier would need ${foreign.join(', ')}`)
  const modules = file.imports.map((module) => `import('${module}')`).join(', ')
  const head =
    '#!/usr/bin/env node\n// Verifies a Collegium log. Built of services/verifier by `npm run verify:build`; what it says and ends with: `node verify.js --help`.\n'
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${head}Promise.all([${modules}]).then(([${file.imports.map(nameOf).join(', ')}]) => {\n${file.code}})\n`, { mode: 0o755 })
}
