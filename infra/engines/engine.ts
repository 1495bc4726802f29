export type EngineName = 'postgres' | 'kafka' | 'redis' | 'chromium'

/** Where an engine was found: named by the environment, in a container, or a program of this machine. */
export type Took = 'environment' | 'docker' | 'local'

export type Engine = {
  readonly name: EngineName
  /** What a client connects to: a URL, a broker list with commas, or (Chromium) a path. */
  readonly address: string
  readonly took: Took
  /** Ends what was started here; does nothing to an engine that the environment named. Safe to call twice. */
  readonly stop: () => Promise<void>
}

export type Environment = Readonly<Record<string, string | undefined>>

/** No place had the engine; the message lists what was tried and what would help. */
export class EngineMissing extends Error {
  readonly engine: EngineName

  constructor(engine: EngineName, why: string) {
    super(`${engine} is missing: ${why}`)
    this.engine = engine
  }
}

/** For what only the owner of an engine may do (kill, restart). */
export const notOurs = (name: EngineName, address: string) => async (): Promise<never> => {
  throw new Error(`This ${name} was not started here (it is at ${address}): it cannot be killed or restarted`)
}
