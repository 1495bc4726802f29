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

/** Tells the door's service worker which files its page needs, those that it loads later among them, so that it opens without a network. */
const doorFiles = (): Plugin => ({
  name: 'door-files',
  // After the chunks that held nothing but styles are gone.
  enforce: 'post',
  generateBundle: (_options, bundle) => {
    const files = new Set<string>()
    const walk = (name: string): void => {
      const chunk = bundle[name]
      if (files.has(name) || chunk?.type !== 'chunk') return
      files.add(name)
      for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style)
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) walk(next)
    }
    for (const [name, file] of Object.entries(bundle)) if (file.type === 'chunk' && file.facadeModuleId?.endsWith('door.html')) walk(name)
    const worker = bundle['door-worker.js']
    if (worker?.type === 'chunk') worker.code = worker.code.replaceAll('DOOR_FILES', JSON.stringify([...files].map((name) => `/${name}`)))
  },
})

/** What a page sends for before its libraries have come, ahead of everything else in the head. */
const early = (): Plugin => ({
  name: 'early',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {}, filename }) => {
      const found = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === 'early')
      if (!filename.endsWith('index.html') || found?.type !== 'chunk') return html
      const tags = [
        `<script type="module" async crossorigin src="/${found.fileName}"></script>`,
        ...found.imports.map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`),
      ]
      return html.replace('<script type="module"', `${tags.join('\n    ')}\n    <script type="module"`)
    },
  },
})

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// The gateway's policy allows nothing inline: no polyfill script, and small pictures may stay data: URIs.
export default defineConfig({
  plugins: [evidence(), react(), doorFiles(), early(), compressed()],
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      input: {
        index: source('./index.html'),
        early: source('./src/early.ts'),
        door: source('./door.html'),
        'door-worker': source('./src/pages/door/worker.ts'),
      },
      // A service worker keeps its address, or browsers would not find its next version.
      output: {
        // Few answers instead of many small ones: on a phone each costs its heads and its turn. What only one page needs stays with it.
        codeSplitting: {
          groups: [
            // The door loads parts of itself later, and nothing of the console.
            { name: 'preload', test: /vite[\\/]preload-helper/, priority: 2 },
            { name: 'ahead', test: /src[\\/](api[\\/]ahead|i18n[\\/]shells)\.ts$/, priority: 2 },
            { name: 'libraries', test: /node_modules[\\/](react|react-dom|scheduler|react-i18next|i18next|@tanstack)[\\/]/ },
            { name: 'parts', test: /src[\\/](parts|api|frame)[\\/].*\.tsx?$/, minShareCount: 3 },
            { name: 'routes', test: /src[\\/]pages[\\/][\w-]+[\\/](routes\.tsx|search\.ts)$/ },
          ],
        },
        entryFileNames: ({ name }) => (name === 'door-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: Object.fromEntries(['/api', '/audit'].map((path) => [path, process.env.COLLEGIUM_ADDRESS ?? 'http://localhost:8080'])) },
})
