import type { ReactNode } from 'react'
import { rowsOf } from '../api/read.ts'
import { More } from './more.tsx'
import { Failure, Loading } from './states.tsx'

type Pages<Item> = {
  readonly data?: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined
  readonly isPending: boolean
  readonly isError: boolean
  readonly error: unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
  readonly refetch: () => unknown
}

type Props<Item> = {
  /** What `useInfiniteQuery(listing(…))` gives. */
  readonly pages: Pages<Item>
  /** What will be here, and the first step to it. */
  readonly empty: ReactNode
  readonly keyOf: (item: Item) => string
  readonly children: (item: Item) => ReactNode
  readonly className?: string
  readonly label?: string
}

/** A list in all its states: on its way, failed, empty, and page after page. */
export const List = <Item,>({ pages, empty, keyOf, children, className = 'tiles', label }: Props<Item>) => {
  if (pages.isPending) return <Loading />
  const items = rowsOf(pages)
  return (
    <>
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      {!pages.isError && items.length === 0 && empty}
      {items.length > 0 && (
        <ul className={className} aria-label={label}>
          {items.map((item) => (
            <li key={keyOf(item)}>{children(item)}</li>
          ))}
        </ul>
      )}
      <More pages={pages} />
    </>
  )
}
