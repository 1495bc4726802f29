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

// The gateway's policy allows nothing inline: no polyfill script, and small pictures may stay data: URIs.
export default defineConfig({
  plugins: [react(), compressed()],
  build: { target: ['chrome123', 'firefox121', 'safari17.5'], modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
  server: { proxy: { '/api': process.env.COLLEGIUM_ADDRESS ?? 'http://localhost:8080' } },
})
