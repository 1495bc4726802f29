import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const built = fileURLToPath(new URL('./dist/', import.meta.url))

/** Each text file once more as .br and .gz, so that the gateway need not compress while somebody waits. */
const compressed = (): Plugin => ({
  name: 'compressed',
  closeBundle: () => {
    for (const name of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue
      const bytes = readFileSync(`${built}${name}`)
      writeFileSync(`${built}${name}.br`, brotliCompressSync(bytes))
      writeFileSync(`${built}${name}.gz`, gzipSync(bytes, { level: 9 }))
    }
  },
})

/** The kernel's formats of evidence with hashing and signatures that browsers have: the files of the same names here. */
const evidence = (): Plugin => ({
  name: 'evidence',
  enforce: 'pre',
  resolveId: (source, importer) => {
    if (!/\/shared\/(src\/)?evidence\/[\w-]+\.ts$/.test(importer ?? '') && !source.startsWith('@collegium/shared/evidence/')) return null
    const [, name] = /\/(digest|signature)\.ts$/.exec(source) ?? []
    return name === undefined ? null : fileURLToPath(new URL(`./src/evidence/${name}.ts`, import.meta.url))
  },
})

// The gateway's policy allows nothing inline: no polyfill script, and small pictures may stay data: URIs.
export default defineConfig({
  plugins: [evidence(), react(), compressed()],
  build: { target: ['chrome123', 'firefox121', 'safari17.5'], modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
  server: { proxy: Object.fromEntries(['/api', '/audit'].map((path) => [path, process.env.COLLEGIUM_ADDRESS ?? 'http://localhost:8080'])) },
})
