// `npm run export -- --out DIR [--campus ID | --term ID | all] [--key FILE]`: writes a bundle, and the key that opens it beside it.
import { rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeKeyFile } from '../../shared/src/bundle/key-file.ts'
import type { Scope } from '../../shared/src/bundle/manifest.ts'
import { exportBundle } from './export.ts'
import { failWith, openInstallation, progressBar } from './installation.ts'

const usage = 'npm run export -- --out DIR [--campus ID | --term ID | all] [--key FILE]'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const asked = (): { out: string; keyFile: string; scope: Scope } => {
  const options = { out: { type: 'string' }, campus: { type: 'string' }, term: { type: 'string' }, key: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const { out, campus, term, key } = values
  const named = [campus, term, positionals[0]].filter((each) => each !== undefined)
  if (out === undefined || named.length > 1 || positionals.some((each) => each !== 'all')) throw new Error(`Usage: ${usage}`)
  const scope: Scope = campus !== undefined ? { kind: 'campus', id: campus } : term !== undefined ? { kind: 'term', id: term } : { kind: 'all' }
  return { out: resolve(out), keyFile: resolve(key ?? `${out}.key`), scope }
}

const main = async (): Promise<void> => {
  const { out, keyFile, scope } = asked()
  const installation = await openInstallation(root, say)
  const { progress, end } = progressBar(process.stderr)
  try {
    const bundleKey = makeKeyFile(keyFile, installation.signer.vkey)
    const manifest = await exportBundle({ ...installation, out, scope, bundleKey, progress }).catch((error) => {
      rmSync(keyFile)
      throw error
    })
    end()
    const facts = manifest.sources.reduce((sum, source) => sum + source.facts, 0)
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    say(`${out}: ${facts} facts, ${manifest.files.length} files, ${(bytes / 1e6).toFixed(1)} MB, signed by ${installation.signer.vkey}`)
    say(`${keyFile}: opens the personal texts in it. Send the two on different ways.`)
  } finally {
    end()
    await installation.close()
  }
}

await main().catch(failWith)
