import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Builds the console where its sources have changed since the last build. Returns the folder of its files. */
export const buildConsole = async (root: string, say: (line: string) => void): Promise<string> => {
  const folder = join(root, 'services/console')
  const dist = join(folder, 'dist')
  const mark = join(dist, '.sources')
  const sources = digestOf(folder)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) return dist
  say('building the console …')
  await new Promise<void>((resolve, reject) => {
    let text = ''
    const vite = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: folder,
      // What is served is what people get, also where tests build it.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    vite.stdout.on('data', (chunk) => (text += chunk))
    vite.stderr.on('data', (chunk) => (text += chunk))
    vite.on('error', reject)
    vite.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`The console was not built:\n${text}`))))
  })
  mkdirSync(dist, { recursive: true })
  writeFileSync(mark, sources)
  return dist
}

const digestOf = (folder: string): string => {
  const hash = createHash('sha256')
  // Of the kernel it has the formats that proofs are checked by.
  const own = globSync(['src/**', 'public/**', '*.{html,ts,json}'], { cwd: folder, withFileTypes: true })
  const kernel = globSync('{evidence,store}/*.ts', { cwd: join(folder, '../../shared/src'), withFileTypes: true })
  for (const name of [...own, ...kernel]
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort())
    hash.update(name).update(readFileSync(name))
  return hash.digest('hex')
}
