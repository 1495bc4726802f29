import { doorList, Refused, registerKey, scanNow, sendScans, whoAmI } from './server.ts'
import { ownKey, signedScan } from './signing.ts'
import { type DoorList, type Expected, get, type KeptList, put, type Scan, scansOf, tidy } from './store.ts'

/** What staff are told of one scan. */
export type Verdict = {
  readonly kind: 'counted' | 'kept' | 'again' | 'unlisted' | 'waiting' | 'self' | 'refused'
  readonly person: string
  readonly name: string
  readonly at?: string
  readonly why?: string
}

export type Door = {
  readonly list: () => KeptList | null
  readonly scans: () => readonly Scan[]
  /** Does the server answer? And does it know who holds the device? */
  readonly net: () => 'online' | 'offline' | 'signed-out'
  /** Why the door cannot be opened, in the server's words. */
  readonly refusal: () => string | null
  readonly scan: (text: string, given?: { readonly evenUnlisted?: boolean }) => Promise<Verdict>
  readonly whoIs: (person: string) => Expected | undefined
  readonly cameAt: (person: string) => string | null
  readonly refresh: () => Promise<void>
}

type Told = DoorList & { readonly clock: number }
type Asked = { readonly who: Promise<string | null>; readonly told: Promise<Told> }

/** How many signed scans go in one request. */
const atOnce = 200

/** The list as it is now, and how far this device's clock is behind the server's as it comes. */
const askList = async (activity: string): Promise<Told> => {
  const told = await doorList(activity)
  return { ...told, clock: Date.parse(told.now) - Date.now() }
}

/** The door of one activity: a list that is kept, scans that are signed and kept before anything is shown, sent when the network lets them. */
export const openDoor = async (activity: string, onChange: () => void): Promise<Door> => {
  // Both are on their way while the device looks what it has kept.
  let first: Asked | null = { who: whoAmI(), told: askList(activity) }
  for (const each of Object.values(first)) each.catch(() => {})
  await tidy()
  let list = (await get('lists', activity)) ?? null
  const scans = new Map((await scansOf(activity)).map((scan) => [scan.id, scan]))
  let net: 'online' | 'offline' | 'signed-out' = 'offline'
  let refusal: string | null = null
  let refreshing: Promise<void> | null = null

  const keep = async (...changed: readonly Scan[]): Promise<void> => {
    await put('scans', ...changed)
    for (const scan of changed) scans.set(scan.id, scan)
    onChange()
  }
  const whoIs = (person: string): Expected | undefined => list?.people.find((each) => each.person === person)
  const scanOf = (person: string): Scan | undefined => [...scans.values()].find((each) => each.person === person && each.state !== 'refused')
  const cameAt = (person: string): string | null => whoIs(person)?.checkedInAt ?? scanOf(person)?.at ?? null

  /** Sends what waits; only what the one who is signed in has scanned. */
  const send = async (holder: string): Promise<void> => {
    const waiting = [...scans.values()].filter((scan) => scan.state === 'waiting' && scan.holder === holder)
    for (const [key, mine] of Map.groupBy(waiting, (scan) => scan.key))
      for (let from = 0; from < mine.length; from += atOnce) {
        const part = mine.slice(from, from + atOnce)
        const told = new Map((await sendScans(activity, key, part)).map((each) => [each.scan, each]))
        await keep(
          ...part.flatMap((scan): Scan[] => {
            const { outcome = 'later', detail = null } = told.get(scan.id) ?? {}
            return outcome === 'later' ? [] : [{ ...scan, state: outcome, ...(detail === null ? {} : { why: detail }) }]
          }),
        )
      }
  }

  const asked = async (): Promise<void> => {
    const kept = list
    const soon = first
    first = null
    try {
      const holder = await (soon?.who ?? whoAmI())
      if (holder === null) {
        net = 'signed-out'
        return
      }
      let key = kept?.holder === holder ? kept.key : ''
      if (key === '') {
        // Who is expected is shown while the server hears of the key; a scan waits for that.
        list = { ...(await (soon?.told ?? askList(activity))), holder, key }
        onChange()
        key = await registerKey(activity, (await ownKey(holder)).publicKey)
      }
      const isTold = soon !== null && ![...scans.values()].some((scan) => scan.state === 'waiting')
      await send(holder)
      list = { ...(await (isTold ? soon.told : askList(activity))), holder, key }
      await put('lists', list)
      net = 'online'
      refusal = null
    } catch (error) {
      list = kept
      if (!(error instanceof Refused)) throw error
      net = error.status === 0 || error.status >= 500 ? 'offline' : error.status === 401 ? 'signed-out' : 'online'
      refusal = error.status >= 400 && error.status < 500 && error.status !== 401 ? error.message : null
    }
  }
  const refresh = (): Promise<void> => {
    refreshing ??= asked().finally(() => {
      refreshing = null
      onChange()
    })
    return refreshing
  }

  /** While there is a network the server decides at once; what it does not answer stays signed and kept. */
  const deliver = async (scan: Scan): Promise<Scan> => {
    if (net !== 'online') return scan
    try {
      return { ...scan, state: (await scanNow(scan)) ? 'counted' : 'known' }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429) return { ...scan, state: 'refused', why: error.message }
      net = error.status === 401 ? 'signed-out' : 'offline'
      return scan
    }
  }

  const scan: Door['scan'] = async (text, { evenUnlisted = false } = {}) => {
    const person = text.trim()
    if (list?.key === '') await refreshing
    const known = whoIs(person) ?? list?.people.find(({ number }) => number !== null && number === person)
    const id = known?.person ?? person
    const about = { person: id, name: known?.name ?? id }
    if (list === null || !/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(id)) return { ...about, kind: 'unlisted' }
    if (id === list.holder) return { ...about, kind: 'self' }
    const before = cameAt(id)
    if (before !== null) return { ...about, kind: 'again', at: before }
    if (list.listed && known?.state !== 'registered' && !evenUnlisted) return { ...about, kind: known?.state === 'waiting' ? 'waiting' : 'unlisted' }
    const signed = await signedScan({ activity, person: id, at: new Date(Date.now() + list.clock).toISOString(), key: list.key, holder: list.holder })
    await keep(signed)
    const told = await deliver(signed)
    if (told !== signed) await keep(told)
    if (told.state === 'refused') return { ...about, kind: 'refused', ...(told.why === undefined ? {} : { why: told.why }) }
    return { ...about, kind: told.state === 'counted' ? 'counted' : told.state === 'known' ? 'again' : 'kept', at: told.at }
  }

  return { list: () => list, scans: () => [...scans.values()], net: () => net, refusal: () => refusal, scan, whoIs, cameAt, refresh }
}
