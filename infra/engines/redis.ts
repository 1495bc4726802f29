import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { freePort } from '../../shared/src/free-port.ts'
import { dockerAnswers } from './docker.ts'
import { type Engine, EngineMissing, type Environment, notOurs } from './engine.ts'
import { type Program, startProgram, untilReady } from './program.ts'
import { containerStandsStill, type GoOn, mostStillMs, standStill } from './stand-still.ts'

export type RedisOptions = { readonly port?: number; readonly environment?: Environment; readonly say?: (line: string) => void }

export type Redis = Engine & {
  readonly kill: () => Promise<void>
  /** Starts it again, empty, on the same port. */
  readonly restart: () => Promise<void>
  /** Stands still, for some seconds at most. */
  readonly freeze: () => Promise<GoOn>
}

/** The server's program of this machine, or null. */
export const findRedisServer = (): string | null => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return 'redis-server'
  } catch {
    return null
  }
}

/** Resolves when a server answers at the address; one that asks for a password answers too. */
export const askRedis = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    const socket = connect({ host: hostname, port: Number(port || 6379) })
    socket.setTimeout(2_000, () => socket.destroy(new Error(`${hostname}:${port} did not answer within 2 s`)))
    socket.once('connect', () => socket.write('PING\r\n'))
    socket.once('data', (answer) => {
      socket.destroy()
      if (/^(\+PONG|-NOAUTH)/.test(answer.toString())) resolve()
      else reject(new Error(`${address} answered ${answer.toString().slice(0, 80)}`))
    })
    socket.once('error', reject)
  })

const local = async (options: RedisOptions): Promise<Redis> => {
  const command = findRedisServer()
  if (command === null) throw new EngineMissing('redis', 'the program redis-server is not installed')
  const port = options.port ?? (await freePort())
  const address = `redis://127.0.0.1:${port}`
  const launch = async (): Promise<Program> => {
    const program = startProgram(command, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()])
    await untilReady('redis-server', program, 10_000, () => askRedis(address))
    return program
  }
  let program = await launch()
  return {
    name: 'redis',
    address,
    took: 'local',
    stop: () => program.stop(),
    kill: () => program.stop('SIGKILL'),
    restart: async () => {
      await program.stop()
      program = await launch()
    },
    freeze: () => standStill(program.pid, mostStillMs),
  }
}

const contained = async (options: RedisOptions): Promise<Redis> => {
  const { GenericContainer } = await import('testcontainers')
  const port = options.port ?? (await freePort())
  const container = await new GenericContainer('valkey/valkey:8').withExposedPorts({ container: 6379, host: port }).start()
  const address = `redis://${container.getHost()}:${port}`
  let stopped = false
  return {
    name: 'redis',
    address,
    took: 'docker',
    stop: async () => {
      if (!stopped) await container.stop()
      stopped = true
    },
    kill: async () => {
      await container.stop({ remove: false, timeout: 0 })
    },
    restart: () => container.restart(),
    freeze: () => containerStandsStill(container.getId(), mostStillMs),
  }
}

const named = async (address: string): Promise<Redis> => {
  try {
    await askRedis(address)
  } catch (cause) {
    throw new EngineMissing('redis', `COLLEGIUM_REDIS_URL names a server that does not answer: ${(cause as Error).message}`)
  }
  const refuse = notOurs('redis', new URL(address).host)
  return { name: 'redis', address, took: 'environment', stop: async () => {}, kill: refuse, restart: refuse, freeze: refuse }
}

/** Finds a Redis: the server of COLLEGIUM_REDIS_URL, or a container where Docker answers, or `redis-server`. Nothing in it is kept. */
export const startRedis = async (options: RedisOptions = {}): Promise<Redis> => {
  const environment = options.environment ?? process.env
  const address = environment.COLLEGIUM_REDIS_URL
  const redis = address ? await named(address) : (await dockerAnswers(environment)) ? await contained(options) : await local(options)
  options.say?.(`redis: ${redis.took}, ${new URL(redis.address).host}`)
  return redis
}
