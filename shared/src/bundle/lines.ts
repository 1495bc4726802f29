import { createReadStream, existsSync } from 'node:fs'

/** The lines of a file, one at a time; none where there is no such file. Nothing but a newline ends a line. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() as string
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Lines of JSON. */
export async function* valuesOf<Value>(path: string): AsyncGenerator<Value> {
  for await (const line of linesOf(path)) yield JSON.parse(line) as Value
}

/** Items in groups of at most `size`. */
export async function* inGroups<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let group: Item[] = []
  for await (const item of items) {
    if (group.push(item) < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
