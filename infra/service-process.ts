import { setTimeout as sleep } from 'node:timers/promises'
import { type Program, startProgram, untilReady } from './engines/program.ts'

/** A service as a process of its own. */
export type ServiceProcess = {
  readonly name: string
  /** Where it answers HTTP, as a URL without a slash at its end. */
  readonly http: string
  /** Where it answers gRPC, host:port; null for the gateway. */
  readonly grpc: string | null
  /** The file that has all its output. */
  readonly log: string
  readonly pid: () => number | null
  readonly running: () => boolean
  /** Starts it, if it does not run, and waits until it is ready. */
  readonly start: () => Promise<void>
  /** Sends the signal (default SIGKILL) and waits until it has ended. */
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>
  /** Asks it to end, and kills it if it takes longer than its grace. */
  readonly stop: () => Promise<void>
}

export type ServiceProcessOptions = {
  readonly name: string
  readonly main: string
  readonly http: string
  readonly grpc: string | null
  readonly log: string
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Milliseconds from start to ready. */
  readonly patience: number
  readonly grace: number
  /** Told when it ends without having been asked to. */
  readonly onEnd: (how: string, tail: string) => void
}

const telemetry = new URL('../shared/src/telemetry.ts', import.meta.url).href

/** How Node runs a service, here as in the image. What is young and dead is collected soon: membership at rest takes 171 MB so, and 234 by Node's own choice. */
export const nodeFlags = ['--enable-source-maps', '--max-semi-space-size=4']

export const serviceProcess = (options: ServiceProcessOptions): ServiceProcess => {
  const { name, http } = options
  let program: Program | null = null
  let asked = false

  const ready = async (): Promise<void> => {
    const answer = await fetch(`${http}/readyz`, { signal: AbortSignal.timeout(2_000) })
    if (answer.ok) return
    const text = await answer.text()
    await sleep(100)
    throw new Error(`${http}/readyz answers ${answer.status} ${text.slice(0, 300)}`)
  }
  const running = () => program?.running() ?? false
  const end = async (signal: NodeJS.Signals, grace: number): Promise<void> => {
    asked = true
    await program?.stop(signal, grace)
  }

  return {
    name,
    http,
    grpc: options.grpc,
    log: options.log,
    pid: () => (running() ? (program as Program).pid : null),
    running,
    start: async () => {
      if (!running()) {
        asked = false
        const started = startProgram(process.execPath, [...nodeFlags, '--import', telemetry, options.main], {
          cwd: options.cwd,
          env: options.env,
          log: options.log,
        })
        program = started
        void started.ended.then((how) => {
          if (program === started && !asked) options.onEnd(how, started.tail())
        })
      }
      await untilReady(name, program as Program, options.patience, ready)
    },
    kill: (signal = 'SIGKILL') => end(signal, 60_000),
    stop: () => end('SIGTERM', options.grace),
  }
}
