import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = 'collegium.theme'
const listeners = new Set<() => void>()
const system = matchMedia('(prefers-color-scheme: dark)')
const isTheme = (text: string | null): text is Theme => themes.some((theme) => theme === text)

const chosen = (): Theme => {
  const text = localStorage.getItem(kept)
  return isTheme(text) ? text : 'system'
}

const tell = (): void => {
  for (const listener of listeners) listener()
}
system.addEventListener('change', tell)

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Puts the chosen theme on the page; the tokens follow by `color-scheme`. */
export const applyTheme = (theme: Theme = chosen()): void => {
  document.documentElement.dataset.theme = theme
}

export const chooseTheme = (theme: Theme): void => {
  localStorage.setItem(kept, theme)
  applyTheme(theme)
  tell()
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, chosen)

/** What is really shown, for what cannot read the tokens by itself (a canvas). */
export const useShade = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () => {
    const theme = chosen()
    return theme === 'system' ? (system.matches ? 'dark' : 'light') : theme
  })
