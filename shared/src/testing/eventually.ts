/**
 * Looks again until nothing is thrown and, where `holds` is given, it accepts what is seen (by not returning false), and returns that. For
 * what follows from a fact in its own time. After `ms` throws what was thrown last.
 */
export const eventually = async <T>(look: () => Promise<T> | T, holds: (seen: T) => unknown = () => true, ms = 10_000): Promise<T> => {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 20)))
    try {
      const seen = await look()
      if (holds(seen) === false) throw new Error(`Not so after ${ms} ms; the last seen was ${JSON.stringify(seen)}`)
      return seen
    } catch (error) {
      if (Date.now() > end) throw error
    }
}
