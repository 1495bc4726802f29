import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The title of a page, on the page and in the browser's tab. */
export const PageTitle = ({ title, children }: { title: string; children?: ReactNode }) => {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('name')}`
  }, [title, t])
  return (
    <div className="page-title">
      <h1>{title}</h1>
      {children}
    </div>
  )
}

/** A part of a page with its own heading. */
export const Section = ({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) => (
  <section className="section">
    <div className="section-head">
      <h2>{title}</h2>
      {aside}
    </div>
    {children}
  </section>
)
