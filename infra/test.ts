import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Outside, outsideFile } from './outside-tests.ts'

/**
 * `npm test`: engines, checks, then every spec; the last line counts. A check that fails counts as one failure, and the rest still runs. So does
 * what fails outside of every test. A run in which no test passed fails too, unless only checks were asked for.
 * `-- --only parts` (or browser, journeys, processes, checks) runs one part.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (name: string): string => join(root, 'node_modules/.bin', name)
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
const results = join(root, 'var/test')
const counts = { passed: 0, failed: 0, skipped: 0 }
/** What the end names once more: who reads a long record from its end finds there what to look for. */
const named: string[] = []

const firstLine = (text = 'no message'): string => text.split('\n')[0] ?? ''

const command = (words: readonly string[], quiet: boolean): Promise<{ ok: boolean; text: string }> =>
  new Promise((resolve) => {
    const [program, ...args] = words as [string, ...string[]]
    const child = spawn(program, args, {
      cwd: root,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
    })
    let text = ''
    child.stdout?.on('data', (chunk) => (text += chunk))
    child.stderr?.on('data', (chunk) => (text += chunk))
    child.on('error', (error) => resolve({ ok: false, text: String(error) }))
    child.on('close', (code) => resolve({ ok: code === 0, text }))
  })

const check = async (name: string, ...words: string[]): Promise<void> => {
  const started = Date.now()
  const { ok, text } = await command(words, true)
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
  if (!ok) {
    counts.failed += 1
    named.push(`failed: ${name}`)
    process.stdout.write(`${text}\n`)
  }
}

const specs = async (project: string): Promise<void> => {
  const file = join(results, `${project}.json`)
  rmSync(join(root, outsideFile), { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--reporter=./infra/outside-tests.ts']
  const { ok } = await command([bin('vitest'), 'run', '--project', project, ...reporters], false)
  const failedBefore = counts.failed
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
      testResults: { name: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
    }
    counts.passed += report.numPassedTests
    counts.failed += report.numFailedTests
    counts.skipped += report.numPendingTests
    for (const result of report.testResults) {
      const file = relative(root, result.name)
      for (const { status, fullName, failureMessages } of result.assertionResults) {
        if (status === 'failed') named.push(`failed: ${file}: ${fullName}: ${firstLine(failureMessages[0])}`)
        if (status === 'skipped' || status === 'pending') named.push(`skipped: ${fullName}`)
      }
    }
    for (const { where, message } of JSON.parse(readFileSync(join(root, outsideFile), 'utf8')) as Outside[]) {
      counts.failed += 1
      named.push(`failed: ${where}: ${firstLine(message)}`)
    }
  } catch {
    counts.failed += 1
    named.push(`failed: the ${project} specs left no report`)
  }
  // What comes after the last report, as an engine that does not end, shows by nothing but this.
  if (!ok && counts.failed === failedBefore) {
    counts.failed += 1
    named.push(`failed: the ${project} specs ended with a fault that no spec tells; it stands above`)
  }
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
if (only === undefined || only === 'checks') {
  await check('types', bin('tsc'), '--noEmit', '-p', '.')
  await check('types of the console', bin('tsc'), '--noEmit', '-p', 'services/console')
  await check('lint and format', bin('biome'), 'check', '.')
  await check('who may import whom, and no circles', bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'shared', 'services', 'infra', 'tests')
  await check('no unused files, exports or packages', bin('knip'))
  await check('questions between services: lint', bin('buf'), 'lint', 'proto')
  await check('questions between services: nothing broken', bin('buf'), 'breaking', 'proto', '--against', 'proto/base.binpb')
  await check('generated questions are up to date', 'sh', '-c', 'npm run --silent -w proto generate && git diff --exit-code --stat -- proto')
  await check('generated references are up to date', process.execPath, 'infra/docs/main.ts', '--check')
}
const engines = await command([process.execPath, 'infra/engines/install.ts'], false)
if (!engines.ok) {
  counts.failed += 1
  named.push('failed: an engine could not be set up')
}
for (const project of ['parts', 'browser', 'journeys', 'processes']) if (only === undefined || only === project) await specs(project)

for (const line of named) process.stdout.write(`${line}\n`)
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}\n`)
process.exitCode = counts.failed > 0 || (counts.passed === 0 && only !== 'checks') ? 1 : 0
