/** What stands around every page, in Chinese: the frame, the words of the domain, and the name under which each feature is found. */
export const shell = Object.values(
  import.meta.glob<object>(['../frame/words.zh.json', '../domain/*.zh.json', '../pages/*/entry.zh.json'], { eager: true, import: 'default' }),
)
