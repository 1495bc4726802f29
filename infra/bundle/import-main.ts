// `npm run import -- DIR [--key FILE] [--check]`: takes a bundle into an empty installation; with --check it only looks at the bundle.
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readKeyFile } from '../../shared/src/bundle/key-file.ts'
import { checkBundle, importBundle } from './import.ts'
import { failWith, openInstallation, progressBar } from './installation.ts'

const usage = 'npm run import -- DIR [--key FILE] [--check]'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ options: { key: { type: 'string' }, check: { type: 'boolean' } }, allowPositionals: true })
  const [named, ...rest] = positionals
  if (named === undefined || rest.length > 0) throw new Error(`Usage: ${usage}`)
  const folder = resolve(named)
  const bundleKey = readKeyFile(resolve(values.key ?? `${named}.key`))
  const { progress, end } = progressBar(process.stderr)
  const take = async () => {
    const installation = await openInstallation(root, say)
    return importBundle({ ...installation, folder, bundleKey, progress }).finally(installation.close)
  }
  const { manifest, facts, proved, unsequenced } = await (values.check ? checkBundle(folder, bundleKey, progress) : take()).finally(end)
  const { scope } = manifest
  say(`${folder}: ${scope.kind === 'all' ? 'everything' : `the ${scope.kind} ${scope.id}`}, made ${manifest.made}, signed by ${bundleKey.verifier.vkey}`)
  say(
    `${facts} facts; ${proved} are those of the audit log in it${unsequenced > 0 ? `, ${unsequenced} came too late for that log` : ''}. Is the log itself sound? npm run verify -- verify ${named}/log --policy …`,
  )
  if (!values.check) say(`Taken in. Start it with COLLEGIUM_SHARDS=${manifest.shards}; accounts are opened anew, and the first start builds the views.`)
}

await main().catch(failWith)
