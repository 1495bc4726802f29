/** Longer than a page takes to load anywhere, shorter than what it shows may be old. */
const freshMs = 20_000

const coming = new Map<string, Promise<Response | null>>()
const keyOf = (url: string, language: string): string => `${language} ${url}`

/** Asks the API for what the page will ask for, before the page's code is here. */
export const askAhead = (url: string, language: string): void => {
  const key = keyOf(url, language)
  const answer = fetch(url, { headers: { accept: 'application/json', 'accept-language': language } })
  coming.set(
    key,
    answer.then(
      (response) => (response.ok ? response : null),
      () => null,
    ),
  )
  setTimeout(() => coming.delete(key), freshMs)
}

/** What was asked ahead, once; null where nothing was, or where it is better asked again. */
export const takeAhead = async (url: string, language: string): Promise<Response | null> => {
  const key = keyOf(url, language)
  const answer = coming.get(key)
  coming.delete(key)
  return (await answer) ?? null
}
