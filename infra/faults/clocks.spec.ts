import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, it } from 'vitest'
import { findFaketime } from '../engines/faketime.ts'
import { type Clocks, openClocks } from './clocks.ts'

const ending: (() => void)[] = []
afterAll(() => {
  for (const end of ending.reverse()) end()
})

/** Asks a program for the time; at each line it tells what it believes and how long it has run. */
const program = (clocks: Clocks, name: string) => {
  const told = "process.stdin.on('data', () => console.log(JSON.stringify({ now: Date.now(), ran: performance.now() })))"
  const child = spawn(process.execPath, ['--import', new URL('./skewed-clock.ts', import.meta.url).href, '-e', told], {
    env: { ...process.env, ...clocks.environmentOf(name) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  return {
    ask: async (): Promise<{ readonly offMinutes: number; readonly ran: number }> => {
      child.stdin.write('?')
      const { now, ran } = JSON.parse(String((await once(lines, 'line'))[0]))
      return { offMinutes: Math.round((now - Date.now()) / 60_000) + 0, ran }
    },
    end: () => void child.kill(),
  }
}

describe.each([null, findFaketime()].filter((library, index) => index === 0 || library !== null))('clocks by %s', (library) => {
  it('jump in one program, forward and back, and what measures a duration does not', async () => {
    const clocks = openClocks(['activities', 'documents'], library)
    ending.push(clocks.close)
    const [one, other] = [program(clocks, 'activities'), program(clocks, 'documents')]
    ending.push(one.end, other.end)
    const began = performance.now()
    const { ran } = await one.ask()
    for (const minutes of [120, -60, 0]) {
      clocks.set('activities', minutes)
      await expect.poll(async () => (await one.ask()).offMinutes, { timeout: 10_000 }).toBe(minutes)
      expect((await other.ask()).offMinutes).toBe(0)
    }
    expect((await one.ask()).ran - ran).toBeLessThanOrEqual(performance.now() - began + 1)
  }, 60_000)
})
