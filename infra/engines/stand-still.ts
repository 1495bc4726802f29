import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Lets something go on that was made to stand still. Safe to call twice, and where it has ended meanwhile. */
export type GoOn = () => Promise<void>

// Reads from a pipe that only this process writes to: however this process ends, what stands still goes on, and can be ended by whoever looks after it.
const holder =
  'trap "" INT TERM HUP; kill -s STOP "$1" || exit 1; all=$(ps -A -o ppid= -o pid= | awk -v up="$1" \'$1 == up { print $2 }\'); kill -s STOP $all "$1" 2>/dev/null; echo; read -r _; kill -s CONT $all "$1" 2>/dev/null'

/** Stops a program and what it has started (SIGSTOP), for so many milliseconds at most. Throws where it does not run. */
export const standStill = async (pid: number, mostMs: number): Promise<GoOn> => {
  const child = spawn('/bin/sh', ['-c', holder, 'holder', String(pid)], { stdio: ['pipe', 'pipe', 'ignore'], detached: true, cwd: '/' })
  const ended = once(child, 'exit')
  child.stdin.on('error', () => {})
  const [first] = await Promise.race([once(child.stdout, 'data'), ended])
  if (!Buffer.isBuffer(first)) throw new Error(`The process ${pid} does not run: it cannot be made to stand still`)
  const goOn = async (): Promise<void> => {
    clearTimeout(timer)
    child.stdin.end()
    await ended
  }
  const timer = setTimeout(() => void goOn(), mostMs)
  return goOn
}

/** The same for a container. */
export const containerStandsStill = async (id: string, mostMs: number): Promise<GoOn> => {
  const { getContainerRuntimeClient } = await import('testcontainers')
  const container = (await getContainerRuntimeClient()).container.getById(id)
  await container.pause()
  let goingOn: Promise<void> | null = null
  const goOn = (): Promise<void> => {
    clearTimeout(timer)
    goingOn ??= container.unpause().then(
      () => {},
      () => {},
    )
    return goingOn
  }
  const timer = setTimeout(() => void goOn(), mostMs)
  return goOn
}

/** What stands still for longer than this is given up by whoever waits for it, and by Kafka. */
export const mostStillMs = 12_000
