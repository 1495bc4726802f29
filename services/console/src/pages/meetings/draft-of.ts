type Resolved = { readonly text: string; readonly duties: readonly { readonly title: string }[] }
type Held = { readonly agenda: readonly string[]; readonly resolutions: readonly Resolved[] }

/** What minutes begin with: the agenda and what was resolved; who writes them goes on from there. */
export const draftOf = ({ agenda, resolutions }: Held, word: (name: 'agenda' | 'resolved') => string): string => {
  const numbered = (texts: readonly string[]): string => texts.map((text, place) => `${place + 1}. ${text}`).join('\n')
  const parts = [`${word('agenda')}\n${numbered(agenda)}`]
  if (resolutions.length > 0)
    parts.push(`${word('resolved')}\n${numbered(resolutions.map(({ text, duties }) => [text, ...duties.map(({ title }) => `   – ${title}`)].join('\n')))}`)
  return parts.join('\n\n')
}
