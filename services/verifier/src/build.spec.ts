import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildVerifier } from './build.ts'
import { entriesOf, logFiles, sampleFacts, samplePolicy } from './testing/sample-log.ts'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verifier-'))
  await buildVerifier(join(folder, 'verify.js'))
  for (const [path, bytes] of logFiles(entriesOf(sampleFacts(300)))) {
    mkdirSync(dirname(join(folder, 'log', path)), { recursive: true })
    writeFileSync(join(folder, 'log', path), bytes)
  }
  writeFileSync(join(folder, 'policy'), samplePolicy)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** This Node, and those that the system has besides. */
const nodes = [...new Set([process.execPath, '/usr/bin/node', '/usr/local/bin/node'])].filter((node) => spawnSync(node, ['--version']).status === 0)
/** Where the system allows it, in a network of its own with nothing in it. */
const alone = spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : []

const verify = (node: string, file: string, log: string) => {
  const [command, ...args] = [...alone, node, file, 'verify', log, '--policy', 'policy', '--max-age', 'none']
  return spawnSync(command as string, args, { cwd: folder, encoding: 'utf8', env: { LANG: 'en' } })
}

it('[PL-06] the verifier is one file that needs of Node only what can reach no network', () => {
  const text = readFileSync(join(folder, 'verify.js'), 'utf8')
  const imported = [...text.matchAll(/\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]\s*\)|^(?:import|export)\b.*?['"]([^'"]+)['"]/gm)].map(
    (match) => match[1] ?? match[2],
  )
  expect(imported.sort()).toEqual(['node:crypto', 'node:fs', 'node:path', 'node:util'])
  expect(text).not.toMatch(/\bfetch\s*\(|\bWebSocket\b|getBuiltinModule|process\.binding/)
})

for (const node of nodes)
  it(`[PL-06] it runs by ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()} wherever it lies${alone.length > 0 ? ', without a network' : ''}`, () => {
    mkdirSync(join(folder, 'module'), { recursive: true })
    writeFileSync(join(folder, 'module/package.json'), '{"type":"module"}')
    copyFileSync(join(folder, 'verify.js'), join(folder, 'module/verify.js'))
    for (const file of ['verify.js', 'module/verify.js']) {
      expect(verify(node, file, 'log')).toMatchObject({ status: 0, stdout: expect.stringContaining('300 entries') })
      expect(verify(node, file, 'nowhere')).toMatchObject({ status: 3, stderr: expect.stringContaining('nowhere') })
    }
  })
