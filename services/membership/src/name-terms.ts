import { pinyin } from 'pinyin-pro'

/** How somebody is found: by a part of the name, of its pinyin or its initials, or of the number. */

const han = /\p{Script=Han}/u
/** Parts of so many letters or digits are kept; a longer part is found where all of its parts are, and then looked at. */
const grams = 3

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** `张伟` → `zhangwei zw`; a name without Chinese characters is its own. Surnames are read as surnames: 单 is shan, 曾 is zeng. */
export const pinyinOf = (name: string): string => {
  if (!han.test(name)) return plain(name)
  const syllables = pinyin(name, { toneType: 'none', type: 'array', mode: 'surname', nonZh: 'consecutive', v: true }).map(plain)
  return `${syllables.join('')} ${syllables.map((each) => each[0] ?? '').join('')}`
}

/** The terms that a person is filed under: of each text its parts, and how it begins. Sorted, each once; null when nothing is known of the name. */
export const personTerms = (name: string | null, number: string | null, read: string | null = name === null ? null : pinyinOf(name)): string[] | null => {
  if (name === null || read === null) return null
  const texts = [plain(name), ...read.split(' '), ...(number === null ? [] : [plain(number)])]
  return [...new Set(texts.flatMap(partsOf))].sort()
}

/** What a question asks for: all of it must be there. Spaces mean nothing: `zhang wei` is `zhangwei`. Empty = nothing to look for. */
export const questionTerms = (question: string): string[] => {
  const text = plain(question)
  if (text === '') return []
  const runs = text.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []
  return [...new Set(runs.flatMap((run) => (han.test(run) ? pieces([...run], Math.min(2, [...run].length)) : latin(run))))].sort()
}

/** The question as it must stand in a name, a pinyin or a number, whatever signs it has. */
export const questionPattern = (question: string): string => `%${plain(question).replace(/[\\%_]/g, '\\$&')}%`

const partsOf = (text: string): string[] =>
  (text.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []).flatMap((run) => {
    const signs = [...run]
    return han.test(run) ? [...signs, ...pieces(signs, 2)] : [...pieces(signs, grams), ...beginnings(signs)]
  })

/** A short beginning has a mark, so that it is not taken for a part. */
const beginnings = (signs: readonly string[]): string[] =>
  Array.from({ length: Math.min(signs.length, grams - 1) }, (_, index) => `^${signs.slice(0, index + 1).join('')}`)

const latin = (run: string): string[] => {
  const signs = [...run]
  if (signs.length < grams) return [`^${run}`]
  // Side by side, and the end: overlapping parts would say the same twice, and mislead the planner about how few it will find.
  const parts = pieces(signs, grams)
  return [...parts.filter((_, index) => index % grams === 0), parts.at(-1) as string]
}

const pieces = (signs: readonly string[], length: number): string[] =>
  signs.length < length ? [] : Array.from({ length: signs.length - length + 1 }, (_, index) => signs.slice(index, index + length).join(''))
