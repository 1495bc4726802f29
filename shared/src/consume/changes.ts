/** Lets others wait for a condition: `until` looks at once and after each `changed`, and gives false when the time (ms) is over. */
export const changes = () => {
  const checks = new Set<() => void>()
  return {
    changed: (): void => {
      for (const check of [...checks]) check()
    },
    until: async (isSo: () => boolean, timeoutMs: number): Promise<boolean> => {
      if (isSo()) return true
      return new Promise((resolve) => {
        const check = (): void => {
          if (isSo()) end(true)
        }
        const end = (result: boolean): void => {
          clearTimeout(timer)
          checks.delete(check)
          resolve(result)
        }
        const timer = setTimeout(() => end(isSo()), timeoutMs)
        checks.add(check)
      })
    },
  }
}
