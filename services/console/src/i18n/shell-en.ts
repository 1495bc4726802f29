/** What stands around every page, in English: the frame, the words of the domain, and the name under which each feature is found. */
export const shell = Object.values(
  import.meta.glob<object>(['../frame/words.en.json', '../domain/*.en.json', '../pages/*/entry.en.json'], { eager: true, import: 'default' }),
)
