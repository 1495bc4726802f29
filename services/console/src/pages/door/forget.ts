import { doorStore } from '../../parts/device.ts'

type Row = { readonly id: string; readonly activity: string; readonly holder: string; readonly state: string }

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/**
 * Whoever held this door signed out: lists of names go, and scans that were sent. What was not sent yet stays with the key it was signed by and
 * the list it belongs to, until it is sent. Resolves to how many that are.
 */
export const forgetDoor = async (): Promise<number> => {
  const store = await answered(indexedDB.open(doorStore))
  try {
    const tables = ['keys', 'lists', 'scans'].filter((each) => store.objectStoreNames.contains(each))
    if (tables.length < 3) return 0
    const transaction = store.transaction(tables, 'readwrite')
    const [keys, lists, scans] = tables.map((each) => transaction.objectStore(each)) as [IDBObjectStore, IDBObjectStore, IDBObjectStore]
    const waiting = ((await answered(scans.getAll())) as Row[]).filter(({ state }) => state === 'waiting')
    const sweep = async (table: IDBObjectStore, isNeeded: (key: IDBValidKey) => boolean): Promise<void> => {
      for (const key of await answered(table.getAllKeys())) if (!isNeeded(key)) table.delete(key)
    }
    await sweep(scans, (key) => waiting.some(({ id }) => id === key))
    await sweep(lists, (key) => waiting.some(({ activity }) => activity === key))
    await sweep(keys, (key) => waiting.some(({ holder }) => holder === key))
    return waiting.length
  } finally {
    store.close()
  }
}
