import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayAnywhere } from '../api/permissions.ts'
import { me } from '../api/session.ts'
import { Combobox } from '../parts/combobox.tsx'
import { Dialog } from '../parts/dialog.tsx'
import type { Found } from './feature.ts'
import type { Around } from './inside.tsx'
import { useEntries } from './navigation.tsx'

/** ⌘K or Ctrl-K: to any page, and to whatever the features can find. */
export const Palette = () => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <button type="button" className="button find" aria-haspopup="dialog" aria-label={t('palette.open')} onClick={() => setOpen(true)}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L21 21" />
        </svg>
        <span className="find-words">{t('palette.open')}</span>
        <kbd className="find-words">{t('palette.keys')}</kbd>
      </button>
      {isOpen && (
        <Dialog title={t('palette.title')} className="palette" onClose={() => setOpen(false)}>
          <Finding onGone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

/** A key that is still being typed is not asked for. */
const settleMs = 150

const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

const Finding = ({ onGone }: { onGone: () => void }) => {
  const { t, i18n } = useTranslation()
  const router = useRouter()
  const client = useQueryClient()
  const { data: known } = useQuery(me)
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  const { finders } = router.options.context as Around
  const allowed = finders.filter(({ permission }) => known !== undefined && mayAnywhere(known, permission))
  const found = useQuery({
    queryKey: ['find', i18n.language, wanted],
    enabled: wanted.length > 1 && allowed.length > 0,
    queryFn: async () =>
      (await Promise.allSettled(allowed.map(({ find }) => find(client, wanted, i18n.language)))).flatMap((each) =>
        each.status === 'fulfilled' ? each.value : [],
      ),
  })
  const pages: readonly Found[] = useEntries()
    .map(({ name, to }) => ({ id: `page.${name}`, label: t(`entries.${name}`), note: t('palette.page'), to }))
    .filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()))
  const all = [...pages, ...(wanted.length > 1 ? (found.data ?? []) : [])]
  return (
    <Combobox
      always
      label={t('palette.title')}
      placeholder={t('palette.what')}
      text={text}
      onText={setText}
      isBusy={found.isFetching}
      options={all}
      onPick={(id) => {
        const to = all.find((each) => each.id === id)?.to
        if (to === undefined) return
        onGone()
        void router.navigate({ href: to })
      }}
    />
  )
}
