import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startProgram, untilReady } from './program.ts'

// A zombie that nobody has reaped yet does not run any more.
const alive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}

it('a program ends soon after the process that started it was killed with -9', async () => {
  const code = `import { startProgram } from ${JSON.stringify(join(import.meta.dirname, 'program.ts'))}; console.log(startProgram('sleep', ['60']).pid)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (line) => resolve(Number(line))))
  expect(alive(pid)).toBe(true)
  parent.kill('SIGKILL')
  for (let tries = 0; alive(pid) && tries < 50; tries++) await sleep(100)
  expect(alive(pid)).toBe(false)
})

it('stop asks first and kills what does not end', async () => {
  const stubborn = startProgram('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'])
  await untilReady('stubborn', stubborn, 5_000, async () => {
    if (!stubborn.tail().includes('ready')) throw new Error('no word yet')
  })
  await stubborn.stop('SIGTERM', 300)
  expect(await stubborn.ended).toBe('SIGKILL')
  await stubborn.stop()
})

it('a program that cannot start, or ends too early, is reported with its own words', async () => {
  const absent = startProgram('/no/such/program', [])
  expect(await absent.ended).toContain('ENOENT')
  const failing = startProgram('sh', ['-c', 'echo disk full >&2; exit 3'])
  await failing.ended
  await expect(untilReady('it', failing, 5_000, () => Promise.reject(new Error('refused')))).rejects.toThrow(/ended before it was ready:\ndisk full/)
})
