/** Reads a path of the API, as the account of the example may. */
// biome-ignore lint/suspicious/noExplicitAny: what the API tells is looked at by its name only
export type ReadApi = (path: string) => Promise<any>

/** Where a page shows something in the sample: the address, or how it is found, and whose eyes see it (null: nobody has signed in). */
export type Example = { readonly as: string | null; readonly to: string | ((read: ReadApi) => Promise<string>) }

/** The examples of a feature by the path of its route; `?…` behind a path is another look of the same page. */
export type Examples = Readonly<Record<string, Example>>

/** The first of a list, as the sample has it. Throws where there is none: a page without its thing would be shown as if that were all. */
export const firstOf = async (read: ReadApi, path: string) => {
  const { items = [] } = await read(path)
  if (items.length === 0) throw new Error(`nothing at ${path}`)
  return items[0]
}
