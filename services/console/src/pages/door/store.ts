/** What a device keeps of an activity's door. */
export type Expected = {
  readonly person: string
  readonly name: string | null
  readonly number: string | null
  readonly state: 'registered' | 'waiting' | null
  readonly grade: string | null
  readonly checkedInAt: string | null
}
export type DoorList = {
  readonly id: string
  readonly timezone: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly venue: string
  readonly startsAt: string
  readonly endsAt: string
  readonly status: string
  readonly listed: boolean
  readonly now: string
  readonly people: readonly Expected[]
}
/** The list, with whose device this is, under which key it was registered, and how far its clock is behind the server's (ms). */
export type KeptList = DoorList & { readonly holder: string; readonly key: string; readonly clock: number }

export type Scan = {
  readonly id: string
  readonly activity: string
  readonly person: string
  readonly at: string
  readonly signature: string
  readonly key: string
  readonly holder: string
  readonly state: 'waiting' | 'counted' | 'known' | 'refused'
  readonly why?: string
}

/** The private half never leaves this device: the browser itself cannot read it out. */
export type OwnKey = { readonly holder: string; readonly pair: CryptoKeyPair; readonly publicKey: string }

type Tables = { readonly keys: OwnKey; readonly lists: KeptList; readonly scans: Scan }

const opening = new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open('collegium-door', 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('keys', { keyPath: 'holder' })
    request.result.createObjectStore('lists', { keyPath: 'id' })
    request.result.createObjectStore('scans', { keyPath: 'id' }).createIndex('activity', 'activity')
  }
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

export const get = async <T extends keyof Tables>(table: T, key: string): Promise<Tables[T] | undefined> =>
  answered((await opening).transaction(table).objectStore(table).get(key))

export const all = async <T extends keyof Tables>(table: T): Promise<Tables[T][]> => answered((await opening).transaction(table).objectStore(table).getAll())

export const scansOf = async (activity: string): Promise<Scan[]> =>
  answered((await opening).transaction('scans').objectStore('scans').index('activity').getAll(activity))

/** Resolves when it is on the disk: what was shown as scanned is not lost with the battery. */
export const put = async <T extends keyof Tables>(table: T, ...rows: readonly Tables[T][]): Promise<void> => {
  const transaction = (await opening).transaction(table, 'readwrite', { durability: 'strict' })
  for (const row of rows) transaction.objectStore(table).put(row)
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
  })
}

const keptDays = 2

/** Names stay on a device no longer than they are needed: lists of what is over go, and scans that were sent. */
export const tidy = async (now: number = Date.now()): Promise<void> => {
  const open = (await all('scans')).filter(({ state }) => state === 'waiting')
  const over = (await all('lists')).filter(
    ({ id, endsAt }) => Date.parse(endsAt) + keptDays * 86_400_000 < now && !open.some(({ activity }) => activity === id),
  )
  const transaction = (await opening).transaction(['lists', 'scans'], 'readwrite')
  for (const { id } of over) {
    transaction.objectStore('lists').delete(id)
    for (const scan of await answered(transaction.objectStore('scans').index('activity').getAllKeys(id))) transaction.objectStore('scans').delete(scan)
  }
}
