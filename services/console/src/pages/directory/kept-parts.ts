/** The parts of a list that have arrived, until all of it has: a page that is left goes on where it was. Nothing of it outlives a sign-out. */

type Part = { readonly list: string; readonly bytes: Uint8Array<ArrayBuffer> }

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const opened = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('collegium-lists', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('parts', { autoIncrement: true }).createIndex('list', 'list')
  return answered(request)
}

/** One transaction and away: an open line would stand in the way of forgetting. */
const inStore = async <T>(mode: IDBTransactionMode, work: (parts: IDBObjectStore) => Promise<T>): Promise<T> => {
  const store = await opened()
  try {
    return await work(store.transaction('parts', mode).objectStore('parts'))
  } finally {
    store.close()
  }
}

export const partsOf = (list: string): Promise<Uint8Array<ArrayBuffer>[]> =>
  inStore('readonly', async (parts) => ((await answered(parts.index('list').getAll(list))) as Part[]).map(({ bytes }) => bytes))

export const keepPart = (list: string, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> =>
  inStore('readwrite', (parts) => answered(parts.add({ list, bytes } satisfies Part)))

export const dropParts = (list: string): Promise<void> =>
  inStore('readwrite', async (parts) => {
    for (const key of await answered(parts.index('list').getAllKeys(list))) parts.delete(key)
  })
