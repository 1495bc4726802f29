import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type Program = {
  readonly pid: number
  readonly running: () => boolean
  /** Resolves with exit code or signal when the program has ended. */
  readonly ended: Promise<string>
  /** The last lines it wrote, for messages. */
  readonly tail: () => string
  readonly signal: (signal: NodeJS.Signals) => void
  /** Sends the signal, waits, and kills what has not ended after the grace in milliseconds. */
  readonly stop: (signal?: NodeJS.Signals, grace?: number) => Promise<void>
}

export type ProgramOptions = {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly uid?: number
  readonly gid?: number
  /** A file that all output is added to, so that the program never writes to a closed pipe; without it only the tail is kept. */
  readonly log?: string
  /** How it is asked to end when this process dies without stopping it. */
  readonly orphanSignal?: NodeJS.Signals
}

const tailBytes = 4_096
const lastWordsMs = 500

// A shell that reads from a pipe only this process writes to: however this process ends, the read returns and the program is ended.
const keeper =
  'trap "" INT TERM HUP; read -r _; kill -s "$2" "$1" 2>/dev/null || exit 0; n=0; while [ $n -lt 100 ]; do kill -0 "$1" 2>/dev/null || exit 0; sleep 0.1; n=$((n+1)); done; kill -s KILL "$1"'

const keep = (pid: number, signal: NodeJS.Signals): ChildProcess => {
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', String(pid), signal.slice(3)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  child.on('error', () => {})
  child.unref()
  const pipe = child.stdin as (typeof child)['stdin'] & { unref?: () => void }
  pipe?.on('error', () => {})
  pipe?.unref?.()
  return child
}

/**
 * Starts a program in its own session, so that Ctrl-C reaches only this process, which then stops its programs in order. The program never
 * outlives this process for long, also when this process is killed with -9.
 */
export const startProgram = (command: string, args: readonly string[], options: ProgramOptions = {}): Program => {
  const log = options.log === undefined ? null : openSync(options.log, 'a', 0o600)
  const logStart = log === null ? 0 : fstatSync(log).size
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  })
  if (log !== null) closeSync(log)

  let tail = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString('utf8')).slice(-tailBytes)
    })
  }

  let over = false
  const guard = child.pid === undefined ? null : keep(child.pid, options.orphanSignal ?? 'SIGTERM')
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      over = true
      guard?.kill('SIGKILL')
      resolve(how)
    }
    child.once('error', (error) => {
      tail += error.message
      if (child.pid === undefined) end(error.message)
    })
    child.once('exit', (code, signal) => {
      // Its last words may come after its end; whoever it started may hold the pipe for longer.
      const heard = new Promise<void>((close) => child.once('close', () => close()))
      void Promise.race([heard, sleep(lastWordsMs, undefined, { ref: false })]).then(() => end(signal ?? `code ${code}`))
    })
  })

  const signal = (name: NodeJS.Signals) => {
    if (!over) child.kill(name)
  }
  return {
    pid: child.pid ?? -1,
    running: () => !over,
    ended,
    tail: () => (options.log === undefined ? tail : tail + readFileSync(options.log).subarray(logStart).toString('utf8').slice(-tailBytes)),
    signal,
    stop: async (name = 'SIGTERM', grace = 10_000) => {
      signal(name)
      // One that stands still would not hear it.
      signal('SIGCONT')
      const late = new AbortController()
      const kill = sleep(grace, undefined, { signal: late.signal }).then(
        () => signal('SIGKILL'),
        () => {},
      )
      await ended
      late.abort()
      await kill
    },
  }
}

/** Tries until it succeeds; fails early when the program ended, late when the time in milliseconds is over. Both messages carry the program's last words. */
export const untilReady = async <T>(what: string, program: Pick<Program, 'running' | 'tail'>, milliseconds: number, attempt: () => Promise<T>): Promise<T> => {
  const end = Date.now() + milliseconds
  for (;;) {
    try {
      return await attempt()
    } catch (cause) {
      if (!program.running()) throw new Error(`${what} ended before it was ready:\n${program.tail()}`, { cause })
      if (Date.now() > end) throw new Error(`${what} was not ready after ${milliseconds} ms: ${(cause as Error).message}\n${program.tail()}`, { cause })
      await sleep(50)
    }
  }
}
