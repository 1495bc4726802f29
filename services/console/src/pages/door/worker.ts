/** What the build knows: the files of this page, written in by `vite.config.ts`. */
declare const DOOR_FILES: readonly string[]

type Waiting = Event & { readonly waitUntil: (done: Promise<unknown>) => void }
type Fetching = Waiting & { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void }
type ServiceWorkerSelf = {
  readonly addEventListener: (name: 'install' | 'activate' | 'fetch', listener: (event: Fetching) => void) => void
  readonly skipWaiting: () => Promise<void>
  readonly clients: { readonly claim: () => Promise<void> }
}
const worker = self as unknown as ServiceWorkerSelf

const page = '/door.html'
const files = DOOR_FILES
const prefix = 'collegium-door-'
const cacheName = `${prefix}${files.join('|')}`

/** Opens the door's page without a network: its files are kept, each build's apart. What the API says is never kept here. */
worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll([page, ...files]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  const forget = async (): Promise<void> => {
    for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name)
    await worker.clients.claim()
  }
  event.waitUntil(forget())
})

worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url)
  if (origin !== location.origin || event.request.method !== 'GET') return
  if (pathname === page || files.includes(pathname)) event.respondWith(caches.match(pathname, { cacheName }).then((kept) => kept ?? fetch(event.request)))
})

export {}
