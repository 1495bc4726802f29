// `node infra/ready.mjs [--node-option …] [script.ts] [argument …]`: installs what the lock file says where that is missing or older, then
// runs the script with the Node that was installed. Plain JavaScript for any Node from 18 on, with nothing installed yet.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lock = join(root, 'package-lock.json')
// npm writes this file at the end of each installation.
const installed = join(root, 'node_modules/.package-lock.json')
const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

// Before anything else of ours: what is traced must be known before it is loaded. It does nothing unless asked for.
const telemetry = pathToFileURL(join(root, 'shared/src/telemetry.ts')).href

const isCurrent = existsSync(installed) && existsSync(node) && (statSync(installed).mtimeMs >= statSync(lock).mtimeMs || isSame())
if (!isCurrent) install()

const args = process.argv.slice(2)
const at = args.findIndex((arg) => !arg.startsWith('--'))
if (at >= 0) run([...args.slice(0, at), `--import=${telemetry}`, join(root, args[at]), ...args.slice(at + 1)])

/** A lock file that is only newer (a fresh checkout, a copy) names the same packages. */
function isSame() {
  const [wanted, there] = [lock, installed].map((file) => JSON.parse(readFileSync(file, 'utf8')).packages)
  const platform = (entry) => [entry.os, entry.cpu].every((allowed, index) => !allowed || allowed.includes([process.platform, process.arch][index]))
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.link || (entry.optional && !there[path]) || !platform(entry) || there[path]?.version === entry.version,
  )
}

function install() {
  const begun = Date.now()
  process.stdout.write('installing packages from the lock file …\n')
  const npm = process.env.npm_execpath
  const [command, first] = npm && /npm-cli\.js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  const { status, stdout, stderr, error } = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}npm could not install the packages\n`)
    process.exit(1)
  }
  process.stdout.write(`installed after ${((Date.now() - begun) / 1000).toFixed(0)} s\n`)
}

function run(words) {
  const path = `${join(root, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`
  const env = { ...process.env, PATH: path }
  // Newer Nodes can become the script; others wait beside it.
  if (process.execve && process.platform !== 'win32') {
    process.removeAllListeners('warning')
    process.execve(node, [node, ...words], env)
  }
  const child = spawn(node, words, { stdio: 'inherit', env })
  // A terminal sends Ctrl-C to both; this one waits for the other.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}
