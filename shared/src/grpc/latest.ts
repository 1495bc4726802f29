/**
 * A value that changes, as an endless stream: what it is now, then the newest after each change; a slow reader skips what was overtaken.
 * Ends when the signal fires. `onChange` returns how to stop listening.
 */
export const latest = async function* <T>(given: {
  readonly read: () => T
  readonly onChange: (listener: () => void) => () => void
  readonly signal: AbortSignal
}): AsyncGenerator<T, void, undefined> {
  let wake = Promise.withResolvers<void>()
  const stir = () => wake.resolve()
  const off = given.onChange(stir)
  given.signal.addEventListener('abort', stir, { once: true })
  try {
    while (!given.signal.aborted) {
      wake = Promise.withResolvers<void>()
      yield given.read()
      await (given.signal.aborted ? undefined : wake.promise)
    }
  } finally {
    given.signal.removeEventListener('abort', stir)
    off()
  }
}
