import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './engine.ts'

const target = (environment: Environment): { socketPath: string } | { host: string; port: number } | null => {
  const named = environment.DOCKER_HOST
  if (named?.startsWith('unix://')) return { socketPath: named.slice('unix://'.length) }
  if (named?.startsWith('tcp://')) {
    const url = new URL(named)
    return { host: url.hostname, port: Number(url.port || 2375) }
  }
  const socketPath = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')].find((path) => existsSync(path))
  return socketPath === undefined ? null : { socketPath }
}

/** Whether a Docker engine answers a ping within half a second. */
export const dockerAnswers = (environment: Environment = process.env): Promise<boolean> => {
  const where = target(environment)
  if (where === null) return Promise.resolve(false)
  return new Promise((resolve) => {
    const asked = request({ ...where, path: '/_ping', timeout: 500 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
