import { useTranslation } from 'react-i18next'

type Pages = { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown }

/** Loads the next page of a list. */
export const More = ({ pages }: { pages: Pages }) => {
  const { t } = useTranslation()
  if (!pages.hasNextPage) return null
  return (
    <button type="button" className="button more" disabled={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
      {t(pages.isFetchingNextPage ? 'states.loading' : 'states.more')}
    </button>
  )
}
