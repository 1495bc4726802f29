import { useRouter } from '@tanstack/react-router'

/**
 * Does something once a hand has rested for so many milliseconds, and not where its owner is on the way to another page by then: what was typed
 * must not call them back. Returns how to call it off.
 */
export const useWhenRested = (ms: number): ((act: () => void) => () => void) => {
  const router = useRouter()
  return (act) => {
    const timer = setTimeout(() => {
      const here = router.state.resolvedLocation?.pathname
      if (here === undefined || here === router.latestLocation.pathname) act()
    }, ms)
    return () => clearTimeout(timer)
  }
}
