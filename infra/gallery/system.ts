import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { patient } from '../../shared/src/testing/patient.ts'

export type System = { readonly address: string; readonly password: string; readonly stop: () => Promise<void> }

const root = join(import.meta.dirname, '../..')
const password = 'a password for pictures'

/** `npm start` with data of its own in `folder`: lives the sample's semester the first time, which a later run finds again. */
export const startSystem = async (folder: string, say: (line: string) => void): Promise<System> => {
  const port = await freePort()
  const child = spawn(process.execPath, ['--max-old-space-size=768', join(root, 'infra/start.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // Its data are its own, whatever Postgres a benchmark has started.
      COLLEGIUM_POSTGRES_URL: undefined,
      COLLEGIUM_DATA: folder,
      COLLEGIUM_PORT: String(port),
      COLLEGIUM_SAMPLE_PASSWORD: password,
      COLLEGIUM_SIGN_IN_LIMIT: '1000',
      COLLEGIUM_RATE_LIMIT: '5000',
      COLLEGIUM_REQUEST_MS: '120000',
      COLLEGIUM_UPSTREAM_TIMEOUT_MS: '120000',
      ...patient,
      COLLEGIUM_IN_FLIGHT_READS: '5000',
    },
  })
  const ended = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (/^ready|^building|^ {2}[a-z ]+\(/.test(line)) say(line)
      // Its last word, when the sample is there.
      if (/^Collegium: /m.test(text)) resolve()
    })
    void ended.then(() => reject(new Error('The system ended before it was ready')))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { address: `http://127.0.0.1:${port}`, password, stop }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
