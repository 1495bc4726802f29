/** Looks again until nothing is thrown, for what follows from a fact in its own time; after `ms` throws what was thrown last. */
export const eventually = async <T>(look: () => Promise<T> | T, ms = 10_000): Promise<T> => {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 20)))
    try {
      return await look()
    } catch (error) {
      if (Date.now() > end) throw error
    }
}
