// Takes a bundle in and ends by -9 once some services have their part for good: what is given stands on the line as JSON.
import { importBundle } from '../../infra/bundle/import.ts'
import { readKeyFile } from '../../shared/src/bundle/key-file.ts'

const { folder, keyFile, urls, masterKey, after } = JSON.parse(process.argv[2] ?? '') as {
  folder: string
  keyFile: string
  urls: [string, string][]
  masterKey: string
  after: number
}
let committed = 0
await importBundle({
  folder,
  bundleKey: readKeyFile(keyFile),
  urls: new Map(urls),
  masterKey: Buffer.from(masterKey, 'base64'),
  committed: () => {
    committed += 1
    if (committed === after) process.kill(process.pid, 'SIGKILL')
  },
})
