import { useSyncExternalStore } from 'react'

const wide = matchMedia('(min-width: 60rem)')

/** Is there room for things side by side? */
export const useWide = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      wide.addEventListener('change', listener)
      return () => wide.removeEventListener('change', listener)
    },
    () => wide.matches,
  )
