const han = /\p{Script=Han}+/gu
const word = /[\p{L}\p{N}]+/gu

/**
 * What a text can be found by: each Chinese character and each pair of neighbours, and each other word in lower case. Chinese is written
 * without spaces; pairs find any phrase without a dictionary. Sorted, each once.
 */
export const searchTerms = (text: string): string[] => [...new Set([...characters(text), ...pairs(text), ...words(text)])].sort()

/** What a query asks for: all of it must be there. A single character is asked for only where it stands alone. */
export const queryTerms = (text: string): string[] => {
  const alone = runs(text).filter((run) => run.length === 1)
  return [...new Set([...alone.flat(), ...pairs(text), ...words(text)])].sort()
}

const runs = (text: string): string[][] => [...text.normalize('NFKC').matchAll(han)].map(([run]) => [...run])
const characters = (text: string): string[] => runs(text).flat()
const pairs = (text: string): string[] => runs(text).flatMap((run) => run.slice(1).map((next, index) => `${run[index]}${next}`))
const words = (text: string): string[] => [...text.normalize('NFKC').toLowerCase().replace(han, ' ').matchAll(word)].map(([each]) => each.slice(0, 64))
