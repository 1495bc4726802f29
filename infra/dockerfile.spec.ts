import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { nodeFlags } from './service-process.ts'

const root = join(import.meta.dirname, '..')
const lines = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'))
const steps = lines.map((line) => ({ word: line.split(/\s+/, 1)[0] as string, rest: line.slice(line.indexOf(' ') + 1).trim() }))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string>; workspaces: string[] }
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean)

const words = (rest: string): string[] => rest.split(/\s+/).filter((word) => !word.startsWith('--'))

it('every step is one that a build knows, and starts from the Node that the project runs on', () => {
  const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ARG', 'ENV', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD']
  expect(steps.map(({ word }) => word).filter((word) => !known.includes(word))).toEqual([])
  expect(steps[0]?.word).toBe('FROM')
  const major = manifest.dependencies.node?.split('.')[0]
  expect(steps[0]?.rest).toMatch(new RegExp(`^node:${major}-`))
})

it('every source of a COPY exists in the repository or an earlier stage', () => {
  const stages: string[] = []
  let copies = 0
  for (const { word, rest } of steps) {
    if (word === 'FROM') {
      const [from, , stage] = words(rest)
      if (!from?.includes(':')) expect(stages).toContain(from)
      stages.push(stage as string)
    }
    if (word === 'COPY') {
      copies++
      const stage = /--from=(\S+)/.exec(rest)?.[1]
      const sources = words(rest).slice(0, -1)
      if (stage !== undefined) expect(stages.slice(0, -1)).toContain(stage)
      else for (const source of sources) expect(existsSync(join(root, source)), source).toBe(true)
    }
  }
  expect(copies).toBeGreaterThan(0)
})

it('what the steps run or start exists and is not kept out of the image', () => {
  const files = lines.flatMap((line) => [...line.matchAll(/(?:infra|services\/gateway\/src)\/[\w./-]+\.ts/g)].map(([file]) => file))
  expect(files).toContain('infra/healthcheck.ts')
  for (const file of [...files, 'package-lock.json', 'infra/prepare.ts']) {
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(
      ignored.some((pattern) => file === pattern || file.startsWith(`${pattern}/`)),
      `${file} is ignored`,
    ).toBe(false)
  }
  for (const workspace of manifest.workspaces) expect(ignored).not.toContain(workspace.split('/')[0])
})

it('secrets and local data stay out of the image, and it does not run as root', () => {
  expect(ignored).toEqual(expect.arrayContaining(['.env', 'var', '.git', '**/node_modules']))
  const last = steps.map(({ word }) => word).lastIndexOf('FROM')
  expect(steps.slice(last)).toContainEqual({ word: 'USER', rest: 'node' })
})

it('the image runs a service as `npm run up` does', () => {
  const options = steps.find(({ rest }) => rest.startsWith('NODE_OPTIONS='))?.rest
  expect(options).toBe(`NODE_OPTIONS="${nodeFlags.join(' ')} --import=/collegium/shared/src/telemetry.ts"`)
})

it('every RUN step is a command line that a shell can read', () => {
  const runs = steps.filter(({ word }) => word === 'RUN').map(({ rest }) => rest.replace(/^(--\S+\s+)+/, ''))
  expect(runs.length).toBeGreaterThan(2)
  for (const run of runs) execFileSync('sh', ['-n', '-c', run])
})
