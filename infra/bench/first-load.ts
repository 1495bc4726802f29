import type { BrowserContext } from 'playwright-core'

/** A phone in a corridor: a fourth of this machine's speed, 1.6 Mb/s down, 40 ms away. */
export const phone = { rate: 4, latency: 40, downloadThroughput: 200_000, uploadThroughput: 94_000 } as const

export type FirstLoad = { readonly ms: number; readonly bytes: number; readonly requests: number }

/**
 * Opens an address with nothing kept from before. `usable` is an expression that holds once somebody can do there what they came for. Returns
 * when that was, in ms since the navigation began, and what had come over the wire by then, compressed, answers of the API and their heads among it.
 */
export const firstLoad = async (context: BrowserContext, address: string, usable: string, throttled = true): Promise<FirstLoad> => {
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  let bytes = 0
  let requests = 0
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    requests++
  })
  await wire.send('Network.enable')
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true })
  if (throttled) {
    const { rate, ...network } = phone
    await wire.send('Network.emulateNetworkConditions', { offline: false, ...network })
    await wire.send('Emulation.setCPUThrottlingRate', { rate })
  }
  // The page itself notes the moment: a question from outside would wait for the slow processor too.
  await page.addInitScript(`{
    const look = () => { if (globalThis.usableAt === undefined && (${usable})) globalThis.usableAt = performance.now() }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true })
  }`)
  await page.goto(address, { waitUntil: 'commit' })
  const until = Date.now() + 60_000
  let ms: number | null = null
  while (ms === null && Date.now() < until) {
    await page.waitForTimeout(50)
    ms = (await page.evaluate('globalThis.usableAt ?? null')) as number | null
  }
  await page.close()
  if (ms === null) throw new Error(`${address} was not usable within a minute`)
  return { ms, bytes, requests }
}
