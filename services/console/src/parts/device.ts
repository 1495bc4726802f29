/** What this browser keeps between visits, and that nothing of it outlives a sign-out. */

/** How somebody likes to look at pages says nothing of who they are. */
const staying: ReadonlySet<string> = new Set(['collegium.language', 'collegium.theme'])
const holder = 'collegium.holder'
/** The door's scans that were not sent yet stay: they prove who was there, and nobody else has them. */
export const doorStore = 'collegium-door'

const leaving = new Set<() => void>()
/** Tells whoever is about to keep something that nothing is to be kept any more. */
export const whenForgotten = (listener: () => void): (() => void) => {
  leaving.add(listener)
  return () => leaving.delete(listener)
}

/** Forgets everything that somebody did or read here; resolves to the number of scans of a door that stay until they are sent. */
export const forgetDevice = async (): Promise<number> => {
  for (const each of leaving) each()
  for (const key of Object.keys(localStorage)) if (!staying.has(key)) localStorage.removeItem(key)
  sessionStorage.clear()
  const stores = (await indexedDB.databases()).map(({ name }) => name)
  for (const name of stores) if (name !== undefined && name !== doorStore) indexedDB.deleteDatabase(name)
  return stores.includes(doorStore) ? (await import('../pages/door/forget.ts')).forgetDoor() : 0
}

/** Whose things are kept here: where somebody else signs in, what the one before left goes first. */
export const claimDevice = async (account: string): Promise<void> => {
  const before = localStorage.getItem(holder)
  if (before !== null && before !== account) await forgetDevice()
  if (before !== account) localStorage.setItem(holder, account)
}
