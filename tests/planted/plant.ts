import { registerHooks } from 'node:module'

/** The service whose process this is. */
export const thisService = /services[\\/]([a-z]+)[\\/]src[\\/]main\.ts$/.exec(process.argv[1] ?? '')?.[1]

/** Breaks a file of the system while this process loads it. Throws where what is to be broken is no longer there: then the plant needs care. */
export const plant = (file: string, changes: readonly (readonly [from: string, to: string])[]): void => {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith(file)) return loaded
      let source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString()
      for (const [from, to] of changes) {
        if (!source.includes(from)) throw new Error(`${file} has no longer what was to be broken: ${from}`)
        source = source.replace(from, to)
      }
      return { ...loaded, source }
    },
  })
}
