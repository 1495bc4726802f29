import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const folder = fileURLToPath(new URL('../', import.meta.url))
const repository = fileURLToPath(new URL('../../../', import.meta.url))

const page = `<!doctype html><html lang="en" data-theme="light"><head><title>Form</title></head>
<body><div id="root"></div><script type="module" src="/testing/form.tsx"></script></body></html>`

/** Serves the page of forms, and the API beside it. */
export const serveForms = async (api: string): Promise<{ address: string; close: () => Promise<void> }> => {
  const server = await createServer({
    root: folder,
    configFile: `${folder}vite.config.ts`,
    logLevel: 'error',
    cacheDir: `${repository}var/vite-forms`,
    server: { host: '127.0.0.1', port: 0, hmr: false, fs: { allow: [repository] }, proxy: { '/api': api } },
    plugins: [
      {
        name: 'forms',
        configureServer: ({ middlewares, transformIndexHtml }) => {
          middlewares.use('/forms', (request, response) => {
            void transformIndexHtml(request.url ?? '/', page).then((html) => response.setHeader('content-type', 'text/html').end(html))
          })
        },
      },
    ],
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (typeof address !== 'object' || address === null) throw new Error('The forms have no address')
  return { address: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}
