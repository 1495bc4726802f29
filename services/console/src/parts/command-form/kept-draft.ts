import { useEffect, useRef, useState } from 'react'
import { whenForgotten } from '../device.ts'
import type { Draft } from './draft.ts'

const prefix = 'collegium.draft.'

const keptAt = (key: string): Draft | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null
  } catch {
    return null
  }
}

/** A draft that outlives a reload: kept on this device under its name until it was sent or given up. */
export const useKeptDraft = (name: string, first: Draft) => {
  const key = `${prefix}${name}`
  const [draft, setDraft] = useState<Draft>(() => keptAt(key) ?? first)
  const [isKept, setKept] = useState(() => keptAt(key) !== null)
  const isWorth = useRef(isKept)
  const text = JSON.stringify(draft)
  useEffect(
    () =>
      // Whoever signs out leaves nothing half written: not even what is on the page as it goes.
      whenForgotten(() => {
        isWorth.current = false
        setKept(false)
      }),
    [],
  )
  useEffect(() => {
    if (!isKept) return
    const timer = setTimeout(() => isWorth.current && localStorage.setItem(key, text), 200)
    const atOnce = (): void => {
      if (isWorth.current) localStorage.setItem(key, text)
    }
    addEventListener('pagehide', atOnce)
    return () => {
      clearTimeout(timer)
      // Whoever closes the form the moment they have typed finds it again as well.
      atOnce()
      removeEventListener('pagehide', atOnce)
    }
  }, [key, text, isKept])
  return {
    draft,
    /** Is something of an earlier visit, or typed now, kept? */
    isKept,
    change: (next: Draft): void => {
      isWorth.current = true
      setKept(true)
      setDraft(next)
    },
    forget: (next: Draft = first): void => {
      isWorth.current = false
      localStorage.removeItem(key)
      setKept(false)
      setDraft(next)
    },
  }
}
